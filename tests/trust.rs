//! What a hostile source may not do: become code, leave the folder, or take the machine down.

mod injection;
mod threats;
