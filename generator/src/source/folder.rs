//! A folder that describes an API as a whole to the files in it that do, sorted by path.

use super::{Request, Role, shown};
use std::path::{Path, PathBuf};

/// Levels of folders that are looked into.
const DEPTH: usize = 32;
/// Most files that are read from one folder, and most entries that are looked at.
const FILES: usize = 20_000;
const ENTRIES: usize = 200_000;

/// The files of a folder that is given as a source. Symbolic links are not followed.
///
/// # Errors
/// Why there is nothing to read.
pub(super) fn files(request: &Request) -> Result<Vec<Request>, String> {
    let mut open: Vec<(PathBuf, usize)> = vec![(request.path.clone(), 0)];
    let mut found = Vec::new();
    let mut entries = 0;
    while let Some((folder, depth)) = open.pop() {
        let list = std::fs::read_dir(&folder).map_err(|error| error.to_string())?;
        for entry in list {
            let entry = entry.map_err(|error| error.to_string())?;
            entries += 1;
            if entries > ENTRIES || found.len() > FILES {
                return Err(format!("the folder holds more than {FILES} files"));
            }
            let kind = entry.file_type().map_err(|error| error.to_string())?;
            if kind.is_dir() && depth < DEPTH {
                open.push((entry.path(), depth + 1));
            } else if kind.is_file() && describes(&entry.file_name().to_string_lossy()) {
                found.push(entry.path());
            }
        }
    }
    if found.is_empty() {
        return Err("the folder holds no file `*.request.yaml`".to_owned());
    }
    found.sort();
    Ok(found
        .into_iter()
        .map(|path| Request {
            shown: beside(&request.shown, &request.path, &path),
            path,
            tag: request.tag.clone(),
            asked: request.asked,
            role: Role::Part(request.shown.clone()),
        })
        .collect())
}

/// Whether a file has one of the names that the files of a collection have.
fn describes(name: &str) -> bool {
    let stem = name
        .strip_suffix(".yaml")
        .or_else(|| name.strip_suffix(".yml"));
    stem.is_some_and(|stem| {
        stem == "definition" || stem.ends_with(".request") || stem.ends_with(".example")
    })
}

/// The path of a file as it is shown, below its folder as it is shown.
fn beside(folder: &str, root: &Path, path: &Path) -> String {
    match path.strip_prefix(root) {
        Ok(rest) => format!("{}/{}", folder.trim_end_matches('/'), shown(rest)),
        Err(_) => shown(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_describes_is_read_in_sorted_order() {
        let folder = tempfile::tempdir().expect("a folder");
        for path in [
            "b.request.yaml",
            "a/x.request.yml",
            "a/.resources/definition.yaml",
            "a/notes.yaml",
            "dev.environment.yaml",
        ] {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, "x: 1\n").expect("written");
        }
        let request = Request {
            shown: "api".to_owned(),
            ..Request::new(folder.path())
        };
        let names: Vec<_> = files(&request)
            .expect("files")
            .into_iter()
            .map(|request| (request.shown, request.role))
            .collect();
        let part = Role::Part("api".to_owned());
        let expected = [
            "api/a/.resources/definition.yaml",
            "api/a/x.request.yml",
            "api/b.request.yaml",
        ];
        assert_eq!(names, expected.map(|name| (name.to_owned(), part.clone())));
        let empty = Request::new(folder.path().join("a/.resources/none"));
        assert!(files(&empty).is_err());
    }
}
