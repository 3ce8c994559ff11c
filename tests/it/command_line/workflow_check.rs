//! `workflow check`: the answer that editors and other programs read.

use std::{collections::BTreeSet, fs, path::PathBuf};

use serde_json::Value;

use crate::harness::process::run;

fn shipped(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("workflows").join(name);
    path.to_str().unwrap().to_owned()
}

/// The shape that was agreed on; gives the faults.
#[track_caller]
fn report<'a>(report: &'a Value, file: &str, ok: bool) -> &'a [Value] {
    let keys: BTreeSet<&str> = report.as_object().unwrap().keys().map(String::as_str).collect();
    let always = BTreeSet::from(["faults", "file", "hash", "ok"]);
    let proved =
        BTreeSet::from(["configurations", "conflicts", "edges", "either_way", "fewest_persons", "persons", "staffing"]);
    assert_eq!(keys, if ok { &always | &proved } else { always });
    assert_eq!((&report["file"], &report["ok"]), (&Value::from(file), &Value::from(ok)), "{report}");
    match report["hash"].as_str() {
        Some(hash) => assert!(ok && hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()), "{hash}"),
        None => assert!(!ok && report["hash"].is_null(), "{report}"),
    }
    let faults = report["faults"].as_array().unwrap();
    for fault in faults {
        let keys: BTreeSet<&str> = fault.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, BTreeSet::from(["column", "line", "message", "rule", "severity"]));
        assert!(["error", "warning"].contains(&fault["severity"].as_str().unwrap()), "{fault}");
        assert!(fault["line"].as_u64().unwrap() > 0 && fault["column"].as_u64().unwrap() > 0, "{fault}");
        assert!(fault["message"].as_str().unwrap().len() > 10 && fault["rule"].is_string(), "{fault}");
    }
    assert_eq!(ok, faults.iter().all(|fault| fault["severity"] == "warning"), "{report}");
    faults
}

#[test]
fn a_sound_file_is_one_object_and_ends_with_0() {
    for name in ["self-study.yaml", "nursing-activity.yaml"] {
        let file = shipped(name);
        let printed: Value =
            serde_json::from_str(&run(&["workflow", "check", "--format", "json", &file]).ok()).unwrap();
        report(&printed, &file, true);
    }
}

#[test]
fn a_broken_file_ends_with_1_and_each_fault_has_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.yaml");
    let sound = fs::read_to_string(shipped("self-study.yaml")).unwrap();
    let text = sound.replacen("to: assessment, by: [lead]", "to: assesment, by: [leed]", 1);
    assert_ne!(sound, text);
    fs::write(&broken, &text).unwrap();
    let file = broken.to_str().unwrap();

    let ran = run(&["workflow", "check", "--format", "json", file]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let printed: Value = serde_json::from_str(&ran.out).unwrap();
    let faults = report(&printed, file, false);
    let line = text.lines().position(|line| line.contains("assesment")).unwrap() + 1;
    for word in ["assesment", "leed"] {
        let fault = faults.iter().find(|fault| fault["message"].as_str().unwrap().contains(word));
        let fault = fault.unwrap_or_else(|| panic!("nothing about {word}: {printed}"));
        assert_eq!((&fault["line"], &fault["rule"]), (&Value::from(line), &Value::from("names")), "{fault}");
    }

    let text = run(&["workflow", "check", file]).failed();
    assert!(text.contains(&format!("{file}:{line}:")) && text.contains("error [names]"), "{text}");
}

#[test]
fn several_files_are_a_list_in_their_order_and_one_broken_one_fails_them_all() {
    let (first, last) = (shipped("self-study.yaml"), shipped("teaching.yaml"));
    let missing = "/nowhere/at-all.yaml";
    let ran = run(&["workflow", "check", "--format", "json", &first, missing, &last]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let printed: Value = serde_json::from_str(&ran.out).unwrap();
    report(&printed[0], &first, true);
    let faults = report(&printed[1], missing, false);
    assert!(faults[0]["message"].as_str().unwrap().contains("cannot be read"), "{printed}");
    report(&printed[2], &last, true);
    let both: Value =
        serde_json::from_str(&run(&["workflow", "check", "--format", "json", &first, &last]).ok()).unwrap();
    assert_eq!(both.as_array().unwrap().len(), 2);
}

#[test]
fn a_file_that_is_no_yaml_or_no_text_is_a_fault_and_no_crash() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("tab.yaml", b"format: 1\n\tworkflow: x\n".as_slice()),
        ("empty.yaml", b""),
        ("binary.yaml", b"\xff\xfe\x00\x01"),
        ("twice.yaml", b"format: 1\nformat: 1\n"),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let ran = run(&["workflow", "check", "--format", "json", path.to_str().unwrap()]);
        assert_eq!(ran.code, Some(1), "{name}: {}", ran.err);
        let printed: Value = serde_json::from_str(&ran.out).unwrap();
        assert!(!report(&printed, path.to_str().unwrap(), false).is_empty());
    }
}
