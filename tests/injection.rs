//! Text that wants to be code, in every string of every kind of source: what comes out holds it as literals and
//! documentation, or the run ends with a located error.

mod bases;
mod payloads;
mod verdict;

use bases::{Base, bases};
use payloads::payloads;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use verdict::Judge;

/// How many positions of one document get a payload in the same run.
const TOGETHER: usize = 96;

/// Fewer cases than this mean that a base lost its positions.
const FEWEST_CASES: usize = 5_000;

#[test]
fn no_text_of_a_source_becomes_code() {
    let payloads = payloads();
    assert!(payloads.len() >= 40);
    let bases = bases();
    let (cases, crates, errors) = (
        AtomicUsize::new(0),
        AtomicUsize::new(0),
        AtomicUsize::new(0),
    );
    let run = |base: &Base, judge: &Judge, at: &[usize], payload: &str| -> Result<bool, String> {
        let text = base.with(at, payload);
        cases.fetch_add(at.len(), Ordering::Relaxed);
        let generated = judge.judge(base, &text).map_err(|fault| {
            let places: Vec<String> = at.iter().take(3).map(|at| base.place(*at)).collect();
            format!("{}: {payload:?} at {places:?}: {fault}", base.name)
        })?;
        let count = if generated { &crates } else { &errors };
        count.fetch_add(1, Ordering::Relaxed);
        Ok(generated)
    };
    let faults: Vec<String> = bases
        .par_iter()
        .flat_map(|base| {
            let judge = Judge::new(base);
            // Each position alone tells which ones leave a description; those are then filled together.
            let alone: Vec<Result<Option<usize>, String>> = (0..base.positions())
                .into_par_iter()
                .map(|at| {
                    let payload = payloads.get(at % payloads.len()).expect("a payload");
                    Ok(run(base, &judge, &[at], payload)?.then_some(at))
                })
                .collect();
            let free: Vec<usize> = alone.iter().flatten().copied().flatten().collect();
            let mut faults: Vec<String> = alone.into_iter().filter_map(Result::err).collect();
            let together: Vec<(usize, &[usize])> = (0..payloads.len())
                .flat_map(|payload| free.chunks(TOGETHER).map(move |some| (payload, some)))
                .collect();
            faults.par_extend(together.into_par_iter().filter_map(|(payload, some)| {
                let payload = payloads.get(payload).expect("a payload");
                run(base, &judge, some, payload).err()
            }));
            faults
        })
        .collect();
    let (cases, crates, errors) = (cases.into_inner(), crates.into_inner(), errors.into_inner());
    println!("{cases} cases: {crates} crates, {errors} runs that ended with an error");
    // One fault shows at many places.
    let kinds: BTreeMap<&str, &String> = faults
        .iter()
        .map(|fault| (fault.rsplit("]: ").next().unwrap_or_default(), fault))
        .collect();
    let shown: Vec<&&String> = kinds.values().take(40).collect();
    assert!(faults.is_empty(), "{} faults: {shown:#?}", faults.len());
    assert!(cases >= FEWEST_CASES, "only {cases} cases");
    assert!(
        crates > 3 * errors,
        "{errors} of {} runs gave no crate, so they show little",
        crates + errors
    );
}
