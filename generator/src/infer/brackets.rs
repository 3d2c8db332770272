//! Names with brackets (`filter[from]`, `items[0][name]`) to the objects and lists that they spell.

use std::collections::{BTreeMap, BTreeSet};

/// Most steps of a name that are followed; a longer name stays one.
const STEPS: usize = 8;

/// A step of a name into a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Into a member: `[from]`.
    Member(String),
    /// Into an element: `[0]`.
    Element,
}

/// What the names below one head spell.
#[derive(Clone, Debug, PartialEq)]
pub enum Branch<T> {
    /// Values.
    Leaf(T),
    /// An object, its members in the order in which they were first named.
    Object(Vec<(String, Branch<T>)>),
    /// A list of what is spelled the same for each element.
    List(Box<Branch<T>>),
}

/// Values with the steps that lead to them.
type Steps<T> = Vec<(Vec<Step>, T)>;

/// The head of a name and the steps behind it. Nothing if the name is no such name, or has no more than empty brackets at
/// its end: a name of its own, which repeats.
pub fn split(name: &str) -> Option<(&str, Vec<Step>)> {
    let open = name.find('[').filter(|open| *open > 0)?;
    let (head, rest) = name.split_at(open);
    if rest == "[]" {
        return None;
    }
    let mut steps = Vec::new();
    let mut rest = rest;
    while !rest.is_empty() {
        let inside = rest.strip_prefix('[')?;
        let (step, after) = inside.split_once(']')?;
        if step.contains('[') || steps.len() >= STEPS {
            return None;
        }
        steps.push(
            if step.is_empty() || step.bytes().all(|b| b.is_ascii_digit()) {
                Step::Element
            } else {
                Step::Member(step.to_owned())
            },
        );
        rest = after;
    }
    (!steps.is_empty()).then_some((head, steps))
}

/// The heads that several names share and agree about: those names spell one value together. A head that is a name of its
/// own too is a scalar, and no such value.
pub fn heads<'n>(names: impl Iterator<Item = &'n str> + Clone) -> BTreeSet<String> {
    let mut shared: BTreeMap<&str, BTreeMap<&str, Vec<Step>>> = BTreeMap::new();
    for name in names.clone() {
        if let Some((head, steps)) = split(name) {
            shared.entry(head).or_default().insert(name, steps);
        }
    }
    for name in names {
        shared.remove(name);
    }
    shared
        .into_iter()
        .filter(|(_, names)| {
            let steps: Vec<&[Step]> = names.values().map(Vec::as_slice).collect();
            names.len() > 1 && agree(&steps)
        })
        .map(|(head, _)| head.to_owned())
        .collect()
}

/// Groups named values: names under one of the heads become one branch. All others keep their names. The order is that
/// of the first name of each. A list of plain values gets the name that it is sent under: `ids[]` for `ids[0]` and
/// `ids[]` alike, which servers that read the one read too.
pub fn group<T>(
    values: Vec<(String, T)>,
    heads: &BTreeSet<String>,
    join: &mut dyn FnMut(&mut T, T),
) -> Vec<(String, Branch<T>)> {
    let mut found: Vec<(String, Steps<T>)> = Vec::new();
    let mut places = BTreeMap::<String, usize>::new();
    for (name, value) in values {
        let (name, steps) = match split(&name).filter(|(head, _)| heads.contains(*head)) {
            Some((head, steps)) => (head.to_owned(), steps),
            None => (name, Vec::new()),
        };
        let at = *places.entry(name.clone()).or_insert_with(|| {
            found.push((name, Vec::new()));
            found.len() - 1
        });
        if let Some((_, list)) = found.get_mut(at) {
            list.push((steps, value));
        }
    }
    found
        .into_iter()
        .filter_map(|(name, list)| Some(sent_as(name, branch(list, join)?)))
        .collect()
}

fn sent_as<T>(mut name: String, branch: Branch<T>) -> (String, Branch<T>) {
    if let Branch::List(item) = &branch
        && let Branch::Leaf(_) = **item
    {
        name.push_str("[]");
    }
    (name, branch)
}

/// Whether all steps lead into one kind of value at each place. The limit on steps bounds the recursion.
fn agree(all: &[&[Step]]) -> bool {
    let ends = all.iter().filter(|steps| steps.is_empty()).count();
    if ends > 0 {
        return ends == all.len();
    }
    let elements = |steps: &&&[Step]| matches!(steps.first(), Some(Step::Element));
    match all.iter().filter(elements).count() {
        0 => {
            let mut members = BTreeMap::<&str, Vec<&[Step]>>::new();
            for steps in all {
                if let Some((Step::Member(name), rest)) = steps.split_first() {
                    members.entry(name).or_default().push(rest);
                }
            }
            members.values().all(|rest| agree(rest))
        }
        count if count == all.len() => {
            let rest: Vec<&[Step]> = all
                .iter()
                .map(|steps| steps.get(1..).unwrap_or_default())
                .collect();
            agree(&rest)
        }
        _ => false,
    }
}

/// What names that agree spell. The limit on steps bounds the recursion.
fn branch<T>(all: Steps<T>, join: &mut dyn FnMut(&mut T, T)) -> Option<Branch<T>> {
    match all.first()?.0.first() {
        None => {
            let mut values = all.into_iter().map(|(_, value)| value);
            let mut leaf = values.next()?;
            values.for_each(|value| join(&mut leaf, value));
            Some(Branch::Leaf(leaf))
        }
        Some(Step::Element) => {
            let rest = all.into_iter().map(|(mut steps, value)| {
                steps.remove(0);
                (steps, value)
            });
            Some(Branch::List(Box::new(branch(rest.collect(), join)?)))
        }
        Some(Step::Member(_)) => {
            let mut members: Vec<(String, Steps<T>)> = Vec::new();
            let mut places = BTreeMap::<String, usize>::new();
            for (mut steps, value) in all {
                let Step::Member(name) = steps.remove(0) else {
                    continue;
                };
                let at = *places.entry(name.clone()).or_insert_with(|| {
                    members.push((name, Vec::new()));
                    members.len() - 1
                });
                if let Some((_, list)) = members.get_mut(at) {
                    list.push((steps, value));
                }
            }
            let members = members
                .into_iter()
                .filter_map(|(name, list)| Some(sent_as(name, branch(list, join)?)));
            Some(Branch::Object(members.collect()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Branch::{Leaf, List, Object};
    use super::*;

    fn grouped(names: &[&str]) -> Vec<(String, Branch<Vec<usize>>)> {
        let values = names.iter().enumerate();
        let values = values.map(|(index, name)| ((*name).to_owned(), vec![index]));
        group(
            values.collect(),
            &heads(names.iter().copied()),
            &mut |known, new| {
                known.extend(new);
            },
        )
    }

    fn named<T>(name: &str, branch: Branch<T>) -> (String, Branch<T>) {
        (name.to_owned(), branch)
    }

    #[test]
    fn names_that_share_a_head_are_one_value() {
        assert_eq!(
            grouped(&["filter[a]", "n", "filter[b][c]", "filter[b][d]"]),
            [
                named(
                    "filter",
                    Object(vec![
                        named("a", Leaf(vec![0])),
                        named(
                            "b",
                            Object(vec![named("c", Leaf(vec![2])), named("d", Leaf(vec![3]))])
                        ),
                    ])
                ),
                named("n", Leaf(vec![1])),
            ]
        );
        assert_eq!(
            grouped(&["items[0][name]", "items[1][name]"]),
            [named(
                "items",
                List(Box::new(Object(vec![named("name", Leaf(vec![0, 1]))])))
            )]
        );
        assert_eq!(
            grouped(&["x[a][]", "x[b]"]),
            [named(
                "x",
                Object(vec![
                    named("a[]", List(Box::new(Leaf(vec![0])))),
                    named("b", Leaf(vec![1]))
                ])
            )]
        );
        assert_eq!(
            grouped(&["ids[0]", "ids[1]"]),
            [named("ids[]", List(Box::new(Leaf(vec![0, 1]))))]
        );
    }

    #[test]
    fn what_is_alone_or_disagrees_keeps_its_name() {
        for names in [
            &["page[size]"][..],
            &["tags[]"],
            &["a[b]", "a[0]"],
            &["a[b]", "a[b][c]"],
            &["a", "a[b]", "a[c]"],
            &["a[b", "a[c"],
            &["[a]", "[b]"],
            &["a]b[c]d", "a]b[c]e"],
        ] {
            let expected: Vec<_> = names
                .iter()
                .enumerate()
                .map(|(index, name)| named(name, Leaf(vec![index])))
                .collect();
            assert_eq!(grouped(names), expected);
        }
    }
}
