//! `allOf`, `$ref` with siblings, unions and own keywords of one schema: one of them alone is the shape, several are all of them.

use super::super::Lowering;
use super::super::dialect;
use super::super::reference::{component_name, reference};
use super::{Keywords, Spot};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::schema::Authority;
use crate::model::{Additional, Constraint, ObjectShape, Property, Schema, SchemaId, Shape};
use crate::tree::{Kind, Node};
use std::collections::HashMap;

impl<'a> Lowering<'a, '_> {
    /// The shape of a schema with everything that stands in it.
    pub(super) fn composed(
        &mut self,
        node: Node<'a>,
        keywords: &Keywords<'a>,
        spot: &Spot<'_>,
        part: bool,
    ) -> Shape {
        if !part && let Some(heirs) = self.heir_union(node, keywords, spot) {
            return heirs;
        }
        let mut parts: Vec<SchemaId> = Vec::new();
        if let Some((target, name)) = self.reference_beside(node, keywords) {
            parts.push(self.referred(target, name, true));
        }
        for branch in keywords.all_of.into_iter().flat_map(Node::items) {
            parts.extend(self.all_of_branch(branch));
        }
        let composed = !parts.is_empty() || keywords.all_of.is_some();
        let mut unions = Vec::new();
        for list in [keywords.one_of, keywords.any_of].into_iter().flatten() {
            if !self.only_demands(list) {
                unions.push(list);
            }
        }
        let required = keywords
            .required
            .is_some_and(|list| list.kind() == Kind::Array);
        // `type: object` beside `allOf` or a union repeats what its parts say.
        let plain = keywords.properties.is_none()
            && keywords
                .additional
                .is_none_or(|node| node.kind() == Kind::Boolean)
            && keywords.patterns.is_none()
            && keywords.enumeration.is_none()
            && keywords.constant.is_none()
            && keywords.items.is_none()
            && keywords.prefix_items.is_none();
        let own = match () {
            () if composed || !unions.is_empty() => !plain || required,
            () => keywords.shapes() || required,
        };
        if !composed && unions.is_empty() {
            return self.own_shape(node, keywords, spot, false);
        }
        if let ([list], false, false) = (unions.as_slice(), composed, own) {
            return self.union(*list, node, keywords, spot);
        }
        for list in unions {
            let shape = self.union(list, node, keywords, &Spot::inside(Some(spot)));
            parts.push(self.shape(shape, list.origin()));
        }
        if own {
            let shape = self.own_shape(node, keywords, spot, true);
            parts.push(self.shape(shape, node.origin()));
        }
        match parts.is_empty() {
            true => Shape::Any,
            false => Shape::AllOf(parts),
        }
    }

    /// What a reference means that stands beside other keywords. A dynamic one (JSON Schema 2020-12 §8.2.3.2) means the
    /// anchor of its own resource: which other it may mean depends on who refers to it.
    fn reference_beside(
        &mut self,
        node: Node<'a>,
        keywords: &Keywords<'a>,
    ) -> Option<(Node<'a>, Option<&'a str>)> {
        let written = keywords.reference?;
        if reference(node).is_some() {
            return self.follow(node).map(|target| (target.node, target.name));
        }
        let text = written.as_str()?;
        let target = self.refer(node, text)?;
        (target.id() != node.id()).then(|| (target, component_name(text)))
    }

    /// An element of `allOf`: a base stands for itself there, and not for its heirs.
    fn all_of_branch(&mut self, branch: Node<'a>) -> Option<SchemaId> {
        if reference(branch).is_some() && !self.has_siblings(branch) {
            let target = self.follow(branch)?;
            return Some(self.referred(target.node, target.name, true));
        }
        let keywords = Keywords::read(branch);
        // `required` alone names members that other branches have.
        if keywords.only_demands() && keywords.required.is_some() {
            let shape = Shape::Object(ObjectShape {
                properties: self.required_only(&keywords, branch),
                additional: Additional::Unknown,
            });
            return Some(self.shape(shape, branch.origin()));
        }
        let composes = keywords
            .all_of
            .or(keywords.any_of)
            .or(keywords.one_of)
            .or(keywords.reference);
        if !keywords.shapes() && composes.is_none() {
            return None;
        }
        Some(self.schema(branch, &Spot::inside(None)))
    }

    /// Members of which only is said that they are there.
    fn required_only(&mut self, keywords: &Keywords<'a>, node: Node<'a>) -> Vec<Property> {
        let names = keywords.required.into_iter().flat_map(Node::items);
        let names: Vec<&str> = names.filter_map(Node::scalar).collect();
        let mut properties = Vec::new();
        for name in names {
            let schema = self.shape(Shape::Any, node.origin());
            properties.push(Property {
                required: true,
                origins: node.origin().into(),
                ..Property::new(name, schema)
            });
        }
        properties
    }

    /// Whether no branch says what a value is: `anyOf: [{required: [a]}, {required: [b]}]`.
    fn only_demands(&self, list: Node<'a>) -> bool {
        list.items().len() > 0
            && list.items().all(|branch| {
                branch.kind() == Kind::Object && Keywords::read(branch).only_demands()
            })
    }

    /// Whether a union has a branch that is null and nothing else.
    pub(super) fn has_null_branch(&self, keywords: &Keywords<'a>) -> bool {
        let lists = [keywords.one_of, keywords.any_of].into_iter().flatten();
        lists.flat_map(Node::items).any(|branch| is_null(branch))
    }

    /// Takes edges out of circles that consist of `allOf` alone: nothing can be all of itself and more.
    pub(super) fn break_circles(&mut self) {
        let count = self.model.schemas.len();
        let children = |lowering: &Self, id: SchemaId| match &lowering.model.schemas.get(id).shape {
            Shape::AllOf(parts) => parts.clone(),
            _ => Vec::new(),
        };
        let mut done: HashMap<SchemaId, bool> = HashMap::new();
        for start in (0..count as u32).map(SchemaId) {
            if done.contains_key(&start) || children(self, start).is_empty() {
                continue;
            }
            let mut way = vec![(start, children(self, start), 0usize)];
            done.insert(start, false);
            while let Some((id, parts, at)) = way.last_mut() {
                let id = *id;
                let Some(next) = parts.get(*at).copied() else {
                    done.insert(id, true);
                    way.pop();
                    continue;
                };
                *at += 1;
                match done.get(&next) {
                    Some(true) => {}
                    Some(false) => {
                        let begin = way.iter().position(|(id, ..)| *id == next).unwrap_or(0);
                        let steps: Vec<SchemaId> =
                            way.iter().skip(begin).map(|(id, ..)| *id).collect();
                        let mut nothing = true;
                        if let Some(schema) = self.model.schemas.get_mut(id)
                            && let Shape::AllOf(parts) = &mut schema.shape
                        {
                            parts.retain(|part| *part != next);
                            nothing = parts.is_empty();
                        }
                        self.report_all_of_circle(&steps, next, nothing);
                    }
                    None => {
                        done.insert(next, false);
                        let parts = children(self, next);
                        way.push((next, parts, 0));
                    }
                }
            }
        }
    }

    /// What has other parts loses nothing with this one: a value that is all of something is all of it anyway.
    fn report_all_of_circle(&mut self, steps: &[SchemaId], next: SchemaId, nothing: bool) {
        let name = |id: SchemaId| {
            let hint = self.model.schemas.get(id).names.first();
            hint.map(|hint| hint.text.clone())
        };
        let mut names: Vec<String> = steps.iter().filter_map(|id| name(*id)).take(8).collect();
        names.extend(name(next));
        let message = format!(
            "schemas are `allOf` each other in a circle: {}",
            names.join(" → ")
        );
        let place = steps
            .first()
            .and_then(|id| self.model.schemas.get(*id).origins.first());
        let code = match nothing {
            true => Code::OPENAPI_CYCLE,
            false => Code::OPENAPI_ALL_OF_CIRCLE,
        };
        self.diagnostics.push(
            Diagnostic::new(code, message)
                .at(place)
                .help("take one of them out of the `allOf` of another"),
        );
    }

    /// Constraints that unions of demands stand for are kept as text for people.
    pub(super) fn shape_part(
        &mut self,
        shape: Shape,
        node: Node<'a>,
        constraints: Vec<Constraint>,
    ) -> SchemaId {
        self.model.schemas.add(Schema {
            shape,
            authority: Authority::Declared,
            constraints,
            origins: node.origin().into(),
            ..Schema::default()
        })
    }
}

/// Whether a schema allows null and nothing else.
pub(super) fn is_null(node: Node<'_>) -> bool {
    if node.kind() != Kind::Object {
        return false;
    }
    let keywords = Keywords::read(node);
    let mut types = dialect::types(&keywords);
    let typed = types.next() == Some("null") && types.next().is_none();
    let listed = keywords
        .enumeration
        .is_some_and(|list| list.items().len() > 0 && list.items().all(Node::is_null));
    typed || listed || keywords.constant.is_some_and(Node::is_null)
}
