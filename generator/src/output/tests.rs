//! Folders before and after runs that end, and runs that are killed.

use super::*;
use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, SystemTime};

struct Folder {
    _root: tempfile::TempDir,
    place: Place,
}

fn folder() -> Folder {
    let root = tempfile::tempdir().expect("a folder");
    let place = Place::alone(root.path().join("crate"));
    Folder { _root: root, place }
}

impl Folder {
    fn path(&self, path: &str) -> PathBuf {
        self.place.folder.join(path)
    }

    fn put(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().expect("parent")).expect("folder");
        fs::write(self.path(path), text).expect("file");
    }

    fn sync(&self, files: &[(&str, &str)]) -> (Option<Changes>, Vec<&'static str>) {
        let mut diagnostics = Diagnostics::new();
        let changes = sync(&self.place, &owned(files), &mut diagnostics);
        (
            changes,
            diagnostics.iter().map(|d| d.code.as_str()).collect(),
        )
    }

    /// All files below the crate's folder with their texts.
    fn contents(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        let mut open = vec![self.place.folder.clone()];
        while let Some(folder) = open.pop() {
            let Ok(entries) = fs::read_dir(&folder) else {
                continue;
            };
            for entry in entries {
                let path = entry.expect("entry").path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let name = path.strip_prefix(&self.place.folder).expect("below");
                    let text = fs::read_to_string(&path).expect("text");
                    found.insert(name.to_string_lossy().into_owned(), text);
                }
            }
        }
        found
    }
}

fn owned(files: &[(&str, &str)]) -> Vec<(String, String)> {
    let own = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
    files.iter().map(own).collect()
}

const OLD: &[(&str, &str)] = &[
    ("Cargo.toml", "old manifest"),
    ("src/lib.rs", "same"),
    ("src/types/gone.rs", "gone"),
    ("src/user.rs", "old user"),
];
const NEW: &[(&str, &str)] = &[
    ("Cargo.toml", "new manifest"),
    ("src/api/users.rs", "users"),
    ("src/lib.rs", "same"),
    ("src/user.rs", "new user"),
];

#[test]
fn only_what_differs_is_written_and_what_is_stale_goes() {
    let folder = folder();
    assert_eq!(folder.sync(OLD).0.expect("changes").written.len(), 4);
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
    let file = fs::File::options()
        .write(true)
        .open(folder.path("src/lib.rs"))
        .expect("file");
    file.set_modified(long_ago).expect("time");
    let (changes, codes) = folder.sync(NEW);
    let changes = changes.expect("changes");
    assert_eq!(
        changes.written,
        ["Cargo.toml", "src/api/users.rs", "src/user.rs"]
    );
    assert_eq!(
        (changes.removed, changes.unchanged),
        (vec!["src/types/gone.rs".to_owned()], 1)
    );
    assert!(codes.is_empty());
    let modified = fs::metadata(folder.path("src/lib.rs")).and_then(|data| data.modified());
    assert_eq!(modified.expect("time"), long_ago);
    assert!(!folder.path("src/types").exists(), "an empty folder stays");
    let mut contents = folder.contents();
    let manifest = contents
        .remove(".letterpress/files.sha256")
        .expect("a list");
    assert_eq!(contents.into_iter().collect::<Vec<_>>(), owned(NEW));
    assert_eq!(manifest.lines().count(), 5);
    let again = folder.sync(NEW).0.expect("changes");
    assert_eq!(
        (again.written.len(), again.removed.len(), again.unchanged),
        (0, 0, 4)
    );
}

#[test]
fn a_kill_after_any_step_is_undone_or_completed() {
    let count = {
        let folder = folder();
        folder.sync(OLD);
        let transaction =
            prepare(&folder.place, &owned(NEW), &mut Diagnostics::new()).expect("one");
        transaction.steps().len()
    };
    assert!(count > 8);
    for stop in 0..=count {
        let folder = folder();
        folder.sync(OLD);
        let before = folder.contents();
        let transaction =
            prepare(&folder.place, &owned(NEW), &mut Diagnostics::new()).expect("one");
        let steps = transaction.steps();
        let journal = steps
            .iter()
            .position(|step| matches!(step, transaction::Step::Journal(_)))
            .expect("a journal");
        transaction.run_steps(&steps[..stop]).expect("steps");
        let note = recover(&folder.place).expect("recovery");
        assert_eq!(note.is_some(), stop > 0 && stop < count, "{stop}");
        if stop <= journal {
            assert_eq!(folder.contents(), before, "{stop}");
        } else {
            assert_eq!(folder.contents().len(), NEW.len() + 1, "{stop}");
            for (path, text) in NEW {
                assert_eq!(folder.contents()[*path], *text, "{stop}");
            }
        }
        let (changes, codes) = folder.sync(NEW);
        assert!(changes.is_some() && codes.is_empty(), "{stop}: {codes:?}");
        assert_eq!(folder.contents().len(), NEW.len() + 1);
    }
}

#[test]
fn a_write_that_fails_leaves_the_old_tree() {
    let number_of = |step: &transaction::Step| match step {
        transaction::Step::Stage(number, _) => Some(number.to_string()),
        _ => None,
    };
    let names: Vec<String> = {
        let folder = folder();
        folder.sync(OLD);
        let transaction =
            prepare(&folder.place, &owned(NEW), &mut Diagnostics::new()).expect("one");
        transaction.steps().iter().filter_map(number_of).collect()
    };
    assert!(names.len() > 3);
    for name in names {
        let folder = folder();
        folder.sync(OLD);
        let before = folder.contents();
        let transaction =
            prepare(&folder.place, &owned(NEW), &mut Diagnostics::new()).expect("one");
        // A folder stands where this file is to be written: nobody can write it, not even the superuser.
        fs::create_dir_all(folder.path(".letterpress-staging").join(&name)).expect("folder");
        let fault = transaction.run().expect_err("an error");
        assert_eq!(fault.code.as_str(), "output/io", "{name}");
        let after = folder.contents();
        assert_eq!(after, before, "{name}");
        // What was in the way goes with the rest of the work that was prepared.
        assert!(folder.sync(NEW).0.is_some(), "{name}");
        assert_eq!(folder.contents().len(), NEW.len() + 1);
    }
}

#[test]
fn a_kill_inside_the_recovery_is_recovered_too() {
    let folder = folder();
    folder.sync(OLD);
    let transaction = prepare(&folder.place, &owned(NEW), &mut Diagnostics::new()).expect("one");
    let steps = transaction.steps();
    transaction
        .run_steps(&steps[..steps.len() - 3])
        .expect("steps");
    // What was done once more before a second kill.
    for step in &steps {
        if let transaction::Step::Apply(entry) = step {
            entry.apply(&folder.place).expect("again");
        }
    }
    assert!(recover(&folder.place).expect("recovery").is_some());
    assert_eq!(folder.contents().len(), NEW.len() + 1);
}

#[test]
fn half_a_journal_is_none() {
    let folder = folder();
    folder.sync(OLD);
    let before = folder.contents();
    for journal in [
        "put 0 x src/lib.rs\n",
        "put 0 x ../x\nend\n",
        "put 0 x src/lib.rs x\nend\n",
        "end",
        "nonsense\nend\n",
        "remove x build.rs\nend\n",
    ] {
        folder.put(".letterpress-staging/0", "half");
        folder.put(".letterpress-staging/journal", journal);
        assert!(recover(&folder.place).expect("recovery").is_some());
        assert_eq!(folder.contents(), before, "{journal:?}");
    }
}

#[test]
fn staged_bytes_that_the_disk_lost_take_no_place() {
    let folder = folder();
    folder.sync(OLD);
    let before = folder.contents();
    let transaction = prepare(&folder.place, &owned(NEW), &mut Diagnostics::new()).expect("one");
    let steps = transaction.steps();
    let journal = steps
        .iter()
        .position(|step| matches!(step, transaction::Step::Journal(_)))
        .expect("a journal");
    transaction.run_steps(&steps[..=journal]).expect("steps");
    for number in 0..NEW.len() {
        let staged = format!(".letterpress-staging/{number}");
        if folder.path(&staged).exists() {
            folder.put(&staged, "");
        }
    }
    let note = recover(&folder.place).expect("recovery").expect("a note");
    assert!(note.message.contains("lost"), "{}", note.message);
    let after = folder.contents();
    for (path, text) in &after {
        assert!(!text.is_empty() || before.get(path) == Some(text), "{path}");
    }
    let (changes, codes) = folder.sync(NEW);
    assert!(changes.is_some() && codes.is_empty(), "{codes:?}");
    assert_eq!(folder.contents().len(), NEW.len() + 1);
}

#[test]
fn foreign_files_are_not_touched() {
    let folder = folder();
    folder.put("src/user.rs", "written by hand");
    folder.put("src/other.rs", "mine");
    let before = folder.contents();
    let (changes, codes) = folder.sync(NEW);
    assert_eq!((changes, codes), (None, vec!["output/foreign"]));
    assert_eq!(folder.contents(), before);
    // A header of ours makes it ours, whatever the list says.
    folder.put(
        "src/user.rs",
        "// @generated by `cargo xtask codegen`.\nold",
    );
    assert!(folder.sync(NEW).0.is_some());
    assert!(folder.sync(&[("Cargo.toml", "x")]).0.is_some());
    assert_eq!(folder.contents()["src/other.rs"], "mine");
    assert_eq!(folder.contents().len(), 3);
}

#[test]
fn edited_files_are_kept_where_nothing_makes_them() {
    let folder = folder();
    folder.sync(OLD);
    folder.put("src/types/gone.rs", "edited");
    let (changes, codes) = folder.sync(NEW);
    assert!(changes.expect("changes").removed.is_empty());
    assert_eq!(codes, ["output/edited"]);
    assert_eq!(folder.contents()["src/types/gone.rs"], "edited");
    assert!(folder.sync(NEW).1.is_empty(), "the warning comes once");
    // What is listed is ours; what was kept is not any more.
    folder.put("src/user.rs", "edited");
    assert_eq!(
        folder.sync(NEW).0.expect("changes").written,
        ["src/user.rs"]
    );
    assert_eq!(folder.sync(OLD), (None, vec!["output/foreign"]));
}

#[test]
fn check_names_differences_and_writes_nothing() {
    let folder = folder();
    folder.sync(OLD);
    folder.put(".letterpress/files.sha256.bak", "");
    let before = folder.contents();
    let mut diagnostics = Diagnostics::new();
    let found = check(&folder.place, &owned(NEW), &mut diagnostics).expect("differences");
    let expected = [
        ("Cargo.toml", Difference::Differs),
        ("src/api/users.rs", Difference::Missing),
        ("src/types/gone.rs", Difference::Stale),
        ("src/user.rs", Difference::Differs),
    ];
    assert_eq!(
        found,
        expected.map(|(path, difference)| (path.to_owned(), difference))
    );
    assert_eq!(folder.contents(), before);
    let drift = drift(&found, "cargo xtask codegen shop").expect("a finding");
    assert_eq!(
        drift.message,
        "`Cargo.toml` differs from what would be generated"
    );
    assert_eq!(
        drift.help.as_deref(),
        Some("run `cargo xtask codegen shop`")
    );
    assert_eq!(
        check(&folder.place, &owned(OLD), &mut diagnostics),
        Some(Vec::new())
    );
    fs::remove_file(&folder.place.manifest).expect("removed");
    let found = check(&folder.place, &owned(OLD), &mut diagnostics).expect("differences");
    assert!(found[0].0.ends_with("files.sha256"));
}

#[test]
fn a_damaged_list_only_forgets() {
    let folder = folder();
    folder.sync(OLD);
    let list = fs::read_to_string(&folder.place.manifest).expect("list");
    let damaged = format!("<<<<<<<\n{list}{}  ../../secret\nx  y\n", "0".repeat(64));
    fs::write(&folder.place.manifest, damaged).expect("list");
    assert!(folder.sync(NEW).0.is_some());
    assert_eq!(folder.contents().len(), NEW.len() + 1);
}

#[cfg(unix)]
#[test]
fn links_are_refused() {
    let outside = tempfile::tempdir().expect("a folder");
    for link in ["src", "src/lib.rs", ".letterpress", ".letterpress-staging"] {
        let folder = folder();
        folder.put("README.md", "");
        fs::create_dir_all(folder.path(link).parent().expect("parent")).expect("folder");
        std::os::unix::fs::symlink(outside.path(), folder.path(link)).expect("link");
        let (changes, codes) = folder.sync(OLD);
        assert_eq!((changes, codes), (None, vec!["output/symlink"]), "{link}");
        assert_eq!(fs::read_dir(outside.path()).expect("folder").count(), 0);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    folder.sync(OLD);
    let set = |mode| fs::set_permissions(&folder.place.folder, fs::Permissions::from_mode(mode));
    set(0o555).expect("permissions");
    if fs::write(folder.path("probe"), "").is_ok() {
        println!("skipped: this user may write everywhere");
        fs::remove_file(folder.path("probe")).expect("removed");
        return;
    }
    let before = folder.contents();
    let (changes, codes) = folder.sync(NEW);
    assert_eq!((changes, codes), (None, vec!["output/io"]));
    assert_eq!(folder.contents(), before);
    set(0o755).expect("permissions");
}

#[test]
fn a_file_in_the_way_of_a_folder_is_an_error_and_changes_nothing() {
    let folder = folder();
    folder.put("src", "a file");
    let before = folder.contents();
    let (changes, codes) = folder.sync(NEW);
    assert_eq!((changes, codes), (None, vec!["output/io"]));
    assert_eq!(folder.contents(), before);
}

#[test]
fn two_runs_do_not_write_at_once() {
    let folder = folder();
    folder.sync(OLD);
    let lock = transaction::open(&folder.place).expect("a lock");
    assert_eq!(folder.sync(NEW), (None, vec!["output/io"]));
    drop(lock);
    assert!(folder.sync(NEW).0.is_some());
}

#[test]
fn the_names_are_written_with_the_crate_or_not_at_all() {
    let lock = ".letterpress/names.lock";
    let named = |folder: &Folder, text: &str| Place {
        lock: Some((folder.path(lock), text.to_owned())),
        ..folder.place.clone()
    };
    let mut diagnostics = Diagnostics::new();
    let count = {
        let folder = folder();
        let place = named(&folder, "new\n");
        let transaction = prepare(&place, &owned(NEW), &mut diagnostics).expect("one");
        transaction.steps().len()
    };
    for stop in 0..=count {
        let folder = folder();
        sync(&named(&folder, "old\n"), &owned(OLD), &mut diagnostics).expect("written");
        let before = folder.contents();
        assert_eq!(before[lock], "old\n");
        let place = named(&folder, "new\n");
        let transaction = prepare(&place, &owned(NEW), &mut diagnostics).expect("one");
        let steps = transaction.steps();
        let steps = &steps[..stop.min(steps.len())];
        let journal = steps
            .iter()
            .any(|step| matches!(step, transaction::Step::Journal(_)));
        transaction.run_steps(steps).expect("steps");
        recover(&place).expect("recovery");
        match journal {
            true => assert_eq!(folder.contents()[lock], "new\n", "{stop}"),
            false => assert_eq!(folder.contents(), before, "{stop}"),
        }
    }
}

#[test]
fn check_tells_of_names_that_are_not_kept_yet() {
    let folder = folder();
    folder.sync(OLD);
    let lock = folder.path("names.lock");
    let place = folder.place.clone().with_lock(&lock, "type a = A\n");
    let mut diagnostics = Diagnostics::new();
    let found = check(&place, &owned(OLD), &mut diagnostics).expect("differences");
    assert_eq!(found.len(), 1);
    assert!(found[0].0.ends_with("names.lock") && found[0].1 == Difference::Missing);
    assert!(!lock.exists());
    sync(&place, &owned(OLD), &mut diagnostics).expect("written");
    assert_eq!(
        check(&place, &owned(OLD), &mut diagnostics),
        Some(Vec::new())
    );
}

#[test]
fn a_list_beside_a_configuration_speaks_of_one_folder() {
    let first = folder();
    let config = first.path("../letterpress.yaml");
    let place = |name: &str| Place::beside(first.path("..").join(name), &config);
    let run = |name: &str, files: &[(&str, &str)]| {
        let mut diagnostics = Diagnostics::new();
        sync(&place(name), &owned(files), &mut diagnostics).is_some()
    };
    fs::create_dir_all(first.path("")).expect("folder");
    assert!(run("one", OLD));
    let list = fs::read_to_string(first.path("../files.sha256")).expect("a list");
    assert!(list.starts_with("# files below one\n"), "{list}");
    // The same names elsewhere are somebody else's files.
    fs::create_dir_all(first.path("../two/src")).expect("folder");
    fs::write(first.path("../two/src/user.rs"), "mine").expect("file");
    assert!(!run("two", NEW));
    assert!(run("three", NEW));
    assert!(first.path("../one/src/types/gone.rs").exists());
}
