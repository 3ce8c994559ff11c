//! `workflow diagram`, `workflow export`, `workflow schema`: what is printed can be used.

use std::path::PathBuf;

use serde_json::Value;

use crate::harness::process::run;

fn shipped(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("workflows").join(name);
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_definition_is_drawn_in_three_formats() {
    let file = shipped("self-study.yaml");
    let draw = |format: &str| run(&["workflow", "diagram", "--format", format, &file]).ok();
    assert!(draw("svg").starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    assert!(draw("mermaid").contains("\nstateDiagram-v2\n"));
    assert!(draw("dot").starts_with("digraph \"self-study\" {"));
}

#[test]
fn a_definition_is_exported_for_two_engines() {
    let file = shipped("course-accreditation.yaml");
    let export = |format: &str| run(&["workflow", "export", "--format", format, &file]).ok();
    let machine: Value = serde_json::from_str(&export("xstate")).unwrap();
    assert_eq!(machine["states"]["review"]["type"], "parallel");
    assert_eq!(machine["initial"], "draft");
    assert!(export("scxml").contains("<parallel id=\"review\">"));
}

#[test]
fn the_schema_is_printed_as_it_stands_beside_the_workflows() {
    let written = std::fs::read_to_string(shipped("workflow.schema.json")).unwrap();
    assert_eq!(run(&["workflow", "schema"]).ok(), written);
}

#[test]
fn what_is_not_sound_is_not_drawn_and_the_faults_are_told() {
    let ran = run(&["workflow", "diagram", &shipped("README.md")]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.is_empty() && ran.err.contains("not sound") && ran.err.contains("README.md:"), "{}", ran.err);
}
