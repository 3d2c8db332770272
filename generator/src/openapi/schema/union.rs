//! `oneOf` and `anyOf` to unions, with the discriminators of all versions; bases that others inherit from to unions of their heirs.

use super::super::Lowering;
use super::super::finding::Remark;
use super::super::reference::{Place, component_name, reference};
use super::compose::is_null;
use super::{Keywords, Spot};
use crate::diagnostic::Code;
use crate::model::{Enumeration, Literal, Shape, StringFormat, UnionShape, Variant};
use crate::tree::{Kind, Node};
use std::collections::{BTreeSet, HashMap};

const MAPPING: Remark = Remark {
    code: Code::OPENAPI_DISCRIMINATOR,
    many: "entries of a discriminator's mapping are no variants of their union",
    note: "they are variants all the same",
    help: "list them under `oneOf`",
};

/// A mapping of a discriminator: the value, what it means, and what that is called.
type Mapped<'a> = (&'a str, Node<'a>, Option<&'a str>);

impl<'a> Lowering<'a, '_> {
    /// The union of a list of branches; a branch alone is the shape itself, null left out.
    pub(super) fn union(
        &mut self,
        list: Node<'a>,
        node: Node<'a>,
        keywords: &Keywords<'a>,
        spot: &Spot<'_>,
    ) -> Shape {
        let branches: Vec<Node<'a>> = list.items().filter(|branch| !is_null(*branch)).collect();
        if branches.is_empty() {
            return Shape::Any;
        }
        if let Some(shape) = self.values_as_branches(&branches) {
            return shape;
        }
        let discriminator = keywords.discriminator.and_then(property_name);
        let mapping = self.mapping(node, keywords);
        let mut variants: Vec<Variant> = Vec::new();
        let mut places: Vec<Option<Place>> = Vec::new();
        for branch in &branches {
            let target = match reference(*branch) {
                Some(_) => self.follow(*branch),
                None => None,
            };
            let schema = self.schema(*branch, &Spot::inside(Some(spot)));
            let name = target.and_then(|target| target.name);
            let place = target.map(|target| (target.node.tree().file(), target.node.id()));
            let mut tags: Vec<String> = mapping
                .iter()
                .filter(|(_, node, _)| Some((node.tree().file(), node.id())) == place)
                .map(|(tag, ..)| (*tag).to_owned())
                .collect();
            // Without a mapping, a schema's name is the value that means it (OpenAPI 3.1 §4.8.25).
            if tags.is_empty() && discriminator.is_some() {
                tags.extend(name.map(str::to_owned));
            }
            variants.push(Variant {
                schema,
                tags,
                default: false,
                name: name.map(str::to_owned),
            });
            places.push(place);
        }
        for (tag, target, name) in &mapping {
            let place = Some((target.tree().file(), target.id()));
            if places.contains(&place) || discriminator.is_none() {
                continue;
            }
            self.findings.add(MAPPING, list.origin(), || {
                format!("`{tag}` of the discriminator's mapping is no variant of the union")
            });
            let schema = self.referred(*target, *name, false);
            variants.push(Variant {
                schema,
                tags: vec![(*tag).to_owned()],
                default: false,
                name: name.map(str::to_owned),
            });
            places.push(place);
        }
        self.default_variant(node, keywords, &mut variants, &places);
        match (variants.as_slice(), &discriminator) {
            ([only], None) => Shape::AllOf(vec![only.schema]),
            _ => Shape::Union(UnionShape {
                variants,
                discriminator,
                external: false,
            }),
        }
    }

    /// `defaultMapping` (OpenAPI 3.2 §4.25).
    fn default_variant(
        &mut self,
        node: Node<'a>,
        keywords: &Keywords<'a>,
        variants: &mut [Variant],
        places: &[Option<Place>],
    ) {
        let stated = keywords.discriminator.and_then(|d| d.get("defaultMapping"));
        let Some(text) = stated.and_then(Node::as_str) else {
            return;
        };
        let Some(target) = self.mapped(node, text) else {
            return;
        };
        let place = Some((target.tree().file(), target.id()));
        let at = places.iter().position(|known| *known == place);
        if let Some(variant) = at.and_then(|at| variants.get_mut(at)) {
            variant.default = true;
        }
    }

    /// Branches that are values (`const` with a title), or text that is open beside the known values: an enumeration.
    fn values_as_branches(&mut self, branches: &[Node<'a>]) -> Option<Shape> {
        let mut values = Vec::new();
        let mut listed = false;
        for branch in branches {
            if reference(*branch).is_some() || branch.kind() != Kind::Object {
                return None;
            }
            let keywords = Keywords::read(*branch);
            if keywords.properties.is_some()
                || keywords.all_of.is_some()
                || keywords.one_of.is_some()
                || keywords.any_of.is_some()
            {
                return None;
            }
            match self.enumeration_shape(*branch, &keywords) {
                Some(Shape::Enum(enumeration)) => {
                    listed = true;
                    let alone = enumeration.values.len() == 1;
                    for mut value in enumeration.values {
                        if alone {
                            let title = keywords.title.and_then(Node::as_str);
                            value.name = value.name.or(title.map(str::to_owned));
                            let text = keywords.description.and_then(Node::as_str);
                            value.docs.description =
                                value.docs.description.or(text.map(str::to_owned));
                        }
                        values.push(value);
                    }
                }
                Some(_) => return None,
                // Any text, beside texts that are known.
                None => match self.own_shape(*branch, &keywords, &Spot::inside(None), false) {
                    Shape::String(StringFormat::Plain) => {}
                    _ => return None,
                },
            }
        }
        let texts = values
            .iter()
            .all(|value| matches!(value.value, Literal::String(_)));
        let open = values.len() < branches.len();
        if !listed || open && !texts {
            return None;
        }
        let mut known = BTreeSet::new();
        values.retain(|value| known.insert(value.value.clone()));
        Some(Shape::Enum(Enumeration { values }))
    }

    /// The mapping of a discriminator; what leads nowhere is reported by its reference.
    fn mapping(&mut self, node: Node<'a>, keywords: &Keywords<'a>) -> Vec<Mapped<'a>> {
        let Some(mapping) = keywords.discriminator.and_then(|d| d.get("mapping")) else {
            return Vec::new();
        };
        let mut mapped = Vec::new();
        for (key, value) in mapping.entries() {
            let Some(text) = value.as_str() else { continue };
            if let Some(target) = self.mapped(node, text) {
                mapped.push((key.text, target, component_name(text)));
            }
        }
        mapped
    }

    /// What a name or a reference in a mapping means.
    fn mapped(&mut self, node: Node<'a>, text: &'a str) -> Option<Node<'a>> {
        let mut schemas = Some(self.root);
        for step in self.dialect.schemas() {
            schemas = schemas.and_then(|node| node.get(step));
        }
        let named = schemas.and_then(|schemas| self.references.member(schemas, text));
        let target = match named {
            Some(target) => target,
            None => self.refer(node, text)?,
        };
        Some(self.follow(target)?.node)
    }

    /// Whether a schema stands for all that inherit from it: it has a discriminator and no list of branches.
    pub(super) fn is_base(&self, node: Node<'a>) -> bool {
        node.kind() == Kind::Object
            && node.get("discriminator").and_then(property_name).is_some()
            && node.get("oneOf").is_none()
            && node.get("anyOf").is_none()
    }

    /// The union of a base's heirs; nothing if there are none.
    pub(super) fn heir_union(
        &mut self,
        node: Node<'a>,
        keywords: &Keywords<'a>,
        _spot: &Spot<'_>,
    ) -> Option<Shape> {
        if keywords.discriminator.is_none() || !self.is_base(node) {
            return None;
        }
        let discriminator = keywords.discriminator.and_then(property_name)?;
        let mapping = self.mapping(node, keywords);
        let heirs = self.heirs_of(node);
        if heirs.is_empty() && mapping.is_empty() {
            return None;
        }
        let mut variants: Vec<(Place, Variant)> = Vec::new();
        // Where the variant of a place stands among the others.
        let mut places: HashMap<Place, usize> = HashMap::new();
        let own: Place = (node.tree().file(), node.id());
        for (tag, target, name) in mapping {
            let place = (target.tree().file(), target.id());
            let known = places.get(&place).and_then(|at| variants.get_mut(*at));
            if let Some((_, variant)) = known {
                variant.tags.push(tag.to_owned());
                continue;
            }
            places.insert(place, variants.len());
            let schema = self.referred(target, name, place == own);
            variants.push((
                place,
                Variant {
                    schema,
                    tags: vec![tag.to_owned()],
                    default: false,
                    name: name.map(str::to_owned),
                },
            ));
        }
        for (name, heir) in heirs {
            let place = (heir.tree().file(), heir.id());
            if places.insert(place, variants.len()).is_some() {
                continue;
            }
            let stated = ["x-discriminator-value", "x-ms-discriminator-value"];
            let tag = stated
                .iter()
                .find_map(|key| heir.get(key))
                .and_then(Node::scalar);
            let schema = self.referred(heir, Some(name), false);
            variants.push((
                place,
                Variant {
                    schema,
                    tags: vec![tag.unwrap_or(name).to_owned()],
                    default: false,
                    name: Some(name.to_owned()),
                },
            ));
        }
        Some(Shape::Union(UnionShape {
            variants: variants.into_iter().map(|(_, variant)| variant).collect(),
            discriminator: Some(discriminator),
            external: false,
        }))
    }

    /// The named schemas that have a schema in their `allOf`, in the order of the document.
    fn heirs_of(&mut self, node: Node<'a>) -> Vec<(&'a str, Node<'a>)> {
        let index = match self.heirs.take() {
            Some(index) => index,
            None => self.heir_index(),
        };
        let place = (node.tree().file(), node.id());
        let found = index.get(&place).cloned().unwrap_or_default();
        self.heirs = Some(index);
        found
    }

    fn heir_index(&mut self) -> HashMap<Place, Vec<(&'a str, Node<'a>)>> {
        let mut index: HashMap<Place, Vec<(&'a str, Node<'a>)>> = HashMap::new();
        let mut schemas = Some(self.root);
        for step in self.dialect.schemas() {
            schemas = schemas.and_then(|node| node.get(step));
        }
        for (key, schema) in schemas.into_iter().flat_map(Node::entries) {
            for branch in schema.get("allOf").into_iter().flat_map(Node::items) {
                let Some(text) = reference(branch) else {
                    continue;
                };
                if let Some(target) = self.refer(branch, text) {
                    let place = (target.tree().file(), target.id());
                    index.entry(place).or_default().push((key.text, schema));
                }
            }
        }
        index
    }
}

/// The member that tells variants apart: `propertyName`, or in 2.0 the discriminator itself.
fn property_name(discriminator: Node<'_>) -> Option<String> {
    let name = match discriminator.kind() {
        Kind::String => discriminator.as_str(),
        _ => discriminator.get("propertyName").and_then(Node::as_str),
    };
    name.filter(|name| !name.is_empty()).map(str::to_owned)
}
