//! A schema's node to its keywords: one walk over the members, whatever draft they belong to.

use crate::tree::Node;

/// The keywords of a schema that mean something here.
#[derive(Clone, Debug, Default)]
pub(in crate::openapi) struct Keywords<'t> {
    /// `$ref`, `$dynamicRef`, `$recursiveRef`.
    pub reference: Option<Node<'t>>,
    /// `type`.
    pub kind: Option<Node<'t>>,
    /// `format`.
    pub format: Option<Node<'t>>,
    /// `title`.
    pub title: Option<Node<'t>>,
    /// `description`.
    pub description: Option<Node<'t>>,
    /// `properties`.
    pub properties: Option<Node<'t>>,
    /// `required`.
    pub required: Option<Node<'t>>,
    /// `additionalProperties`, and `unevaluatedProperties` where there is none.
    pub additional: Option<Node<'t>>,
    /// `patternProperties`.
    pub patterns: Option<Node<'t>>,
    /// `items`.
    pub items: Option<Node<'t>>,
    /// `prefixItems`.
    pub prefix_items: Option<Node<'t>>,
    /// `allOf`.
    pub all_of: Option<Node<'t>>,
    /// `anyOf`.
    pub any_of: Option<Node<'t>>,
    /// `oneOf`.
    pub one_of: Option<Node<'t>>,
    /// `enum`.
    pub enumeration: Option<Node<'t>>,
    /// `const`.
    pub constant: Option<Node<'t>>,
    /// `nullable`, `x-nullable`.
    pub nullable: Option<Node<'t>>,
    /// `discriminator`.
    pub discriminator: Option<Node<'t>>,
    /// `default`.
    pub default: Option<Node<'t>>,
    /// `example`, `x-example`.
    pub example: Option<Node<'t>>,
    /// `examples`.
    pub examples: Option<Node<'t>>,
    /// `deprecated`.
    pub deprecated: Option<Node<'t>>,
    /// `readOnly`.
    pub read_only: Option<Node<'t>>,
    /// `writeOnly`.
    pub write_only: Option<Node<'t>>,
    /// `contentEncoding`.
    pub content_encoding: Option<Node<'t>>,
    /// `contentMediaType`.
    pub content_media_type: Option<Node<'t>>,
    /// `minimum`.
    pub minimum: Option<Node<'t>>,
    /// `maximum`.
    pub maximum: Option<Node<'t>>,
    /// `exclusiveMinimum`.
    pub exclusive_minimum: Option<Node<'t>>,
    /// `exclusiveMaximum`.
    pub exclusive_maximum: Option<Node<'t>>,
    /// `x-enum-varnames`, `x-enumNames`.
    pub value_names: Option<Node<'t>>,
    /// `x-enum-descriptions`, `x-enumDescriptions`.
    pub value_docs: Option<Node<'t>>,
    /// `x-ms-enum`.
    pub value_list: Option<Node<'t>>,
    /// The other keywords that ask something of a value, in the order of the source.
    pub demands: Vec<(&'t str, Node<'t>)>,
    /// Keywords that no type can follow: `not`, `if` …
    pub ignored: Vec<(&'t str, Node<'t>)>,
}

impl<'t> Keywords<'t> {
    /// Reads the members of a schema.
    pub fn read(node: Node<'t>) -> Self {
        let mut keywords = Keywords::default();
        let mut unevaluated = None;
        for (key, value) in node.entries() {
            let slot = match key.text {
                "$ref" => &mut keywords.reference,
                "$dynamicRef" | "$recursiveRef" => match keywords.reference {
                    Some(_) => continue,
                    None => &mut keywords.reference,
                },
                "type" => &mut keywords.kind,
                "format" => &mut keywords.format,
                "title" => &mut keywords.title,
                "description" => &mut keywords.description,
                "properties" => &mut keywords.properties,
                "required" => &mut keywords.required,
                "additionalProperties" => &mut keywords.additional,
                "unevaluatedProperties" => &mut unevaluated,
                "patternProperties" => &mut keywords.patterns,
                "items" => &mut keywords.items,
                "prefixItems" => &mut keywords.prefix_items,
                "allOf" => &mut keywords.all_of,
                "anyOf" => &mut keywords.any_of,
                "oneOf" => &mut keywords.one_of,
                "enum" => &mut keywords.enumeration,
                "const" => &mut keywords.constant,
                "nullable" | "x-nullable" => &mut keywords.nullable,
                "discriminator" => &mut keywords.discriminator,
                "default" => &mut keywords.default,
                "example" | "x-example" => &mut keywords.example,
                "examples" => &mut keywords.examples,
                "deprecated" => &mut keywords.deprecated,
                "readOnly" => &mut keywords.read_only,
                "writeOnly" => &mut keywords.write_only,
                "contentEncoding" => &mut keywords.content_encoding,
                "contentMediaType" => &mut keywords.content_media_type,
                "minimum" => &mut keywords.minimum,
                "maximum" => &mut keywords.maximum,
                "exclusiveMinimum" => &mut keywords.exclusive_minimum,
                "exclusiveMaximum" => &mut keywords.exclusive_maximum,
                "x-enum-varnames" | "x-enumNames" => &mut keywords.value_names,
                "x-enum-descriptions" | "x-enumDescriptions" => &mut keywords.value_docs,
                "x-ms-enum" => &mut keywords.value_list,
                "multipleOf" | "minLength" | "maxLength" | "pattern" | "minItems" | "maxItems"
                | "uniqueItems" | "minProperties" | "maxProperties" | "minContains"
                | "maxContains" => {
                    keywords.demands.push((key.text, value));
                    continue;
                }
                "not" | "if" | "then" | "else" | "dependentSchemas" | "dependentRequired"
                | "dependencies" | "propertyNames" | "contains" | "unevaluatedItems"
                | "contentSchema" => {
                    keywords.ignored.push((key.text, value));
                    continue;
                }
                _ => continue,
            };
            *slot = Some(value);
        }
        // `unevaluatedProperties` closes what `allOf` has put together; without it, it is `additionalProperties`.
        keywords.additional = keywords.additional.or(unevaluated);
        keywords
    }

    /// Whether there is a keyword that says of itself what a value is.
    pub fn shapes(&self) -> bool {
        self.kind.is_some()
            || self.format.is_some()
            || self.properties.is_some()
            || self.additional.is_some()
            || self.patterns.is_some()
            || self.items.is_some()
            || self.prefix_items.is_some()
            || self.enumeration.is_some()
            || self.constant.is_some()
            || self.content_encoding.is_some()
            || self.content_media_type.is_some()
    }

    /// Whether nothing is asked but that members are there: a branch that a type cannot follow.
    pub fn only_demands(&self) -> bool {
        let composed = self
            .reference
            .or(self.all_of)
            .or(self.any_of)
            .or(self.one_of);
        composed.is_none()
            && (self.required.is_some() || !self.ignored.is_empty() || !self.demands.is_empty())
            && self.properties.is_none()
            && self.enumeration.is_none()
            && self.constant.is_none()
            && self.items.is_none()
            && self.additional.is_none()
            && self.kind.is_none_or(|kind| kind.as_str() == Some("object"))
    }
}
