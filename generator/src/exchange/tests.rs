//! Exchanges to models.
