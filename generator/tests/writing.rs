//! What the command leaves on a disk when it is killed, and when the disk is full or may not be written.

#![cfg(unix)]
// What must not happen in the generator is how a test fails.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How often a run is killed.
const KILLS: u64 = 200;

/// Files by their path below a folder, with their bytes.
type Tree = BTreeMap<String, Vec<u8>>;

/// What lies in the crate's folder and is not ours.
const FOREIGN: [(&str, &str); 3] = [
    ("notes.txt", "mine"),
    ("src/mine.rs", "// mine"),
    ("tests/mine/deep.rs", "// mine too"),
];

/// Descriptions whose crates have other files, and other bytes in those that both have.
fn description(version: u8) -> String {
    let names: &[&str] = match version {
        0 => &["orders", "customers", "invoices"],
        _ => &["orders", "parcels", "returns", "refunds"],
    };
    let path = |name: &&str| {
        format!(
            r#""/{name}": {{"get": {{"tags": ["{name}"], "operationId": "list {name}", "responses": {{"200": {{"description": "All of version {version}.",
            "content": {{"application/json": {{"schema": {{"title": "{name} page", "type": "object", "properties": {{"a{version}": {{"type": "string"}}}}}}}}}}}}}}}}}}"#
        )
    };
    let paths: Vec<String> = names.iter().map(path).collect();
    format!(
        r#"{{"openapi": "3.1.0", "info": {{"title": "Shop {version}", "version": "1"}}, "paths": {{{}}}}}"#,
        paths.join(",")
    )
}

struct Shop {
    folder: PathBuf,
}

impl Shop {
    fn new(folder: &Path) -> Self {
        for version in [0, 1] {
            let path = folder.join(format!("{version}.json"));
            fs::write(path, description(version)).expect("a description");
        }
        Shop {
            folder: folder.to_owned(),
        }
    }

    fn command(&self, version: u8, out: &Path, check: bool) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_letterpress"));
        command.arg("generate");
        command.arg(self.folder.join(format!("{version}.json")));
        command.args(["--name", "shop", "--out"]).arg(out);
        command.args(check.then_some("--check"));
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        // One thread takes the same way each time, as far as anything does.
        command.env("RAYON_NUM_THREADS", "1");
        command
    }

    /// Runs to the end; what was said, if it failed.
    fn run(&self, version: u8, out: &Path, check: bool) -> Result<(), String> {
        let output = self.command(version, out, check).output().expect("a run");
        match output.status.success() {
            true => Ok(()),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }

    /// The crate of a version with what is not ours, written where nothing was.
    fn whole(&self, version: u8) -> Tree {
        let out = self.folder.join(format!("whole{version}"));
        put_foreign(&out);
        self.run(version, &out, false).expect("a crate");
        tree(&out)
    }
}

fn put_foreign(out: &Path) {
    for (path, text) in FOREIGN {
        let path = out.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
}

fn tree(root: &Path) -> Tree {
    let mut found = Tree::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(root).expect("below");
                let name = name.to_string_lossy().into_owned();
                found.insert(name, fs::read(&path).expect("bytes"));
            }
        }
    }
    found
}

/// Which paths tell two trees apart, for messages.
fn difference(one: &Tree, other: &Tree) -> Vec<String> {
    let paths = one.keys().chain(other.keys());
    let mut paths: Vec<String> = paths
        .filter(|path| one.get(*path) != other.get(*path))
        .cloned()
        .collect();
    paths.sort();
    paths.dedup();
    paths
}

/// Numbers that are the same in each run of the test.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound.max(1)
    }
}

/// Waits until the run begins to write, or ends.
fn until_it_writes(child: &mut Child, out: &Path) {
    let staging = out.join(".letterpress-staging");
    while !staging.exists() && child.try_wait().expect("a child").is_none() {
        std::thread::sleep(Duration::from_micros(100));
    }
}

#[test]
fn a_run_that_is_killed_leaves_the_old_crate_or_the_new_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let shop = Shop::new(folder.path());
    let whole = [shop.whole(0), shop.whole(1)];
    assert!(difference(&whole[0], &whole[1]).len() > 8);
    let out = folder.path().join("out");
    put_foreign(&out);
    shop.run(0, &out, false).expect("a crate");
    // How long it takes to write, on this machine as busy as it is.
    let began = Instant::now();
    let mut child = shop.command(1, &out, false).spawn().expect("a run");
    until_it_writes(&mut child, &out);
    let reading = began.elapsed();
    assert!(child.wait().expect("an end").success());
    let writing = (began.elapsed() - reading).max(Duration::from_millis(2));
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut now: u8 = 1;
    let (mut old, mut new, mut interrupted) = (0, 0, 0);
    for kill in 0..KILLS {
        let next = 1 - now;
        let mut child = shop.command(next, &out, false).spawn().expect("a run");
        // One of eight at any time at all, the others while it writes.
        if kill % 8 == 0 {
            let moment = (reading + writing).as_micros() as u64;
            std::thread::sleep(Duration::from_micros(random.below(moment)));
        } else {
            until_it_writes(&mut child, &out);
            let moment = writing.as_micros() as u64;
            std::thread::sleep(Duration::from_micros(random.below(moment)));
        }
        child.kill().expect("a kill");
        child.wait().expect("an end");
        interrupted += u32::from(out.join(".letterpress-staging").exists());
        // The next run completes or undoes what was begun, whether it compares or writes.
        if kill % 4 == 3 {
            shop.run(next, &out, false).expect("the next run");
            let found = tree(&out);
            let wrong = difference(&found, &whole[usize::from(next)]);
            assert!(wrong.is_empty(), "kill {kill}: {wrong:?}");
            now = next;
        } else {
            let same = shop.run(next, &out, true).is_ok();
            let found = tree(&out);
            let is_new = found == whole[usize::from(next)];
            let is_old = found == whole[usize::from(now)];
            assert!(
                is_new || is_old,
                "kill {kill}: it is neither the old tree {:?} nor the new one {:?}",
                difference(&found, &whole[usize::from(now)]),
                difference(&found, &whole[usize::from(next)]),
            );
            assert_eq!(same, is_new, "kill {kill}: what is said of it is wrong");
            if is_new {
                now = next;
                new += 1;
            } else {
                old += 1;
            }
        }
    }
    println!("{KILLS} kills: {interrupted} while it wrote; then {old} old crates, {new} new ones");
    assert!(interrupted > 0 && old > 0, "no kill came in time");
}

/// A small disk in memory, mounted as long as this lives.
struct Disk(PathBuf);

impl Disk {
    /// Nothing where this user may not mount.
    fn new(folder: &Path, kilobytes: usize) -> Option<Self> {
        fs::create_dir_all(folder).expect("a folder");
        mount(
            &["-t", "tmpfs", "-o", &format!("size={kilobytes}k"), "tmpfs"],
            folder,
        )
        .then(|| Disk(folder.to_owned()))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg(&self.0).status();
        if !unmounted.is_ok_and(|status| status.success()) {
            eprintln!("cannot unmount {}", self.0.display());
        }
    }
}

fn mount(arguments: &[&str], folder: &Path) -> bool {
    let mut command = Command::new("mount");
    command.args(arguments).arg(folder);
    command.stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

#[test]
fn a_full_disk_is_an_error_and_leaves_the_old_crate() {
    let folder = tempfile::tempdir().expect("a folder");
    let shop = Shop::new(folder.path());
    let whole = [shop.whole(0), shop.whole(1)];
    // Blocks of a page each, and a little for folders.
    let pages = |tree: &Tree| {
        tree.values()
            .map(|bytes| bytes.len().div_ceil(4096))
            .sum::<usize>()
    };
    let (mut full, mut fitted) = (0, 0);
    for spare in [1, 3, 6, 9, 11, 12, 13, 14, 16, 20, 40] {
        let disk = folder.path().join(format!("disk{spare}"));
        let Some(disk) = Disk::new(&disk, (pages(&whole[0]) + spare) * 4) else {
            println!("skipped: this user may not mount a small disk");
            return;
        };
        let out = disk.0.join("out");
        put_foreign(&out);
        if shop.run(0, &out, false).is_err() {
            // Not even the first crate had room, so nothing of it is there.
            assert_eq!(tree(&out).len(), FOREIGN.len(), "{spare} pages");
            continue;
        }
        match shop.run(1, &out, false) {
            Ok(()) => {
                fitted += 1;
                assert!(
                    difference(&tree(&out), &whole[1]).is_empty(),
                    "{spare} pages"
                );
            }
            Err(said) => {
                full += 1;
                assert!(said.contains("output/io"), "{spare} pages: {said}");
                let wrong = difference(&tree(&out), &whole[0]);
                assert!(wrong.is_empty(), "{spare} pages: {wrong:?}\n{said}");
            }
        }
    }
    println!("{full} disks were full, {fitted} had room");
    assert!(full > 0 && fitted > 0);
}

#[test]
fn a_disk_that_may_not_be_written_is_an_error_and_leaves_the_old_crate() {
    let folder = tempfile::tempdir().expect("a folder");
    let shop = Shop::new(folder.path());
    let Some(disk) = Disk::new(&folder.path().join("disk"), 8 << 10) else {
        println!("skipped: this user may not mount a small disk");
        return;
    };
    let out = disk.0.join("out");
    put_foreign(&out);
    shop.run(0, &out, false).expect("a crate");
    let before = tree(&out);
    assert!(mount(&["-o", "remount,ro"], &disk.0));
    let said = shop.run(1, &out, false).expect_err("an error");
    assert!(said.contains("output/io"), "{said}");
    assert_eq!(tree(&out), before);
    // Comparing needs no room and no permission.
    assert!(shop.run(0, &out, true).is_ok());
}
