//! Items of event streams: OpenAPI 3.2 describes a whole event, of which the data is what matters.

use super::Lowering;
use super::schema::Spot;
use crate::model::schema::Authority;
use crate::model::{Schema, SchemaId, Shape, UnionShape, Variant};
use crate::tree::{Kind, Node};

/// The fields of an event (WHATWG HTML §9.2.6).
const FIELDS: &[&str] = &["comment", "data", "event", "id", "retry"];

/// What an event is said to be.
struct Event<'a> {
    data: Option<Node<'a>>,
    /// The name of the event, if it is always the same.
    name: Option<String>,
}

impl<'a> Lowering<'a, '_> {
    /// `itemSchema`. That of an event is what its data is: of several events, one of theirs.
    pub(super) fn item_schema(
        &mut self,
        essence: &str,
        node: Node<'a>,
        spot: &Spot<'_>,
    ) -> SchemaId {
        if essence == "text/event-stream"
            && let Some(events) = self.events(node, 0)
        {
            let mut variants: Vec<Variant> = Vec::new();
            for event in events {
                let Some(data) = event.data else { continue };
                let schema = self.event_data(data, spot);
                if variants.iter().all(|known| known.schema != schema) {
                    variants.push(Variant {
                        schema,
                        name: event.name,
                        ..Variant::default()
                    });
                }
            }
            return match variants.as_slice() {
                [only] => only.schema,
                [] => self.shape(Shape::Any, node.origin()),
                _ => self.model.schemas.add(Schema {
                    shape: Shape::Union(UnionShape {
                        variants,
                        ..UnionShape::default()
                    }),
                    authority: Authority::Declared,
                    origins: node.origin().into(),
                    ..Schema::default()
                }),
            };
        }
        self.schema(node, spot)
    }

    /// The events that a schema describes; nothing if it describes anything else.
    fn events(&mut self, node: Node<'a>, depth: usize) -> Option<Vec<Event<'a>>> {
        const DEEPEST: usize = 4;
        let node = self.follow(node)?.node;
        if node.kind() != Kind::Object || depth > DEEPEST {
            return None;
        }
        let alternatives = node.get("oneOf").or(node.get("anyOf"));
        let properties = node.get("properties");
        let is_field = |name: &str| FIELDS.contains(&name);
        let whole = properties.is_none_or(|list| list.entries().all(|(key, _)| is_field(key.text)));
        let data = properties.and_then(|list| list.get("data"));
        if !whole || data.is_none() && alternatives.is_none() && depth == 0 {
            return None;
        }
        let mut events = Vec::new();
        for alternative in alternatives.into_iter().flat_map(Node::items) {
            events.extend(self.events(alternative, depth + 1)?);
        }
        if alternatives.is_none() {
            let event = properties.and_then(|list| list.get("event"));
            let name = event
                .and_then(|event| event.get("const"))
                .and_then(Node::as_str);
            events.push(Event {
                data,
                name: name.map(str::to_owned),
            });
        }
        // An alternative that says nothing of the data has what stands beside all of them.
        for event in &mut events {
            event.data = event.data.or(data);
        }
        Some(events)
    }

    /// What the data of an event is: what its text holds, if that is said.
    fn event_data(&mut self, data: Node<'a>, spot: &Spot<'_>) -> SchemaId {
        let target = self.follow(data).map_or(data, |target| target.node);
        match target.get("contentSchema") {
            Some(content) => self.schema(content, spot),
            None => self.schema(data, spot),
        }
    }
}
