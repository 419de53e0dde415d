//! What the locale files hold, by Fluent's own parser.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use uketsuke::i18n::Language;

/// Every key of `language` (attributes as `message.attribute`) with the names of its variables.
pub fn keys(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(format!("{}.ftl", language.tag()));
    let text = std::fs::read_to_string(&file).expect("a locale file");
    let resource = fluent_syntax::parser::parse(text.as_str()).expect("a locale file without errors");
    let mut keys = BTreeMap::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let id = message.id.name;
        keys.extend(message.value.iter().map(|value| (id.to_owned(), variables(value))));
        let attributes = message.attributes.iter();
        keys.extend(attributes.map(|attribute| (format!("{id}.{}", attribute.id.name), variables(&attribute.value))));
    }
    keys
}

fn variables(pattern: &Pattern<&str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable { expression: Expression::Inline(inline) } => found.extend(variable(inline)),
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                found.extend(variable(selector));
                found.extend(variants.iter().flat_map(|variant| variables(&variant.value)));
            }
        }
    }
    found
}

fn variable(inline: &InlineExpression<&str>) -> Option<String> {
    match inline {
        InlineExpression::VariableReference { id } => Some(id.name.to_owned()),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => None,
        other => panic!("the locale files use variables and literals alone so far, not {other:?}"),
    }
}
