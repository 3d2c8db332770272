//! Every number that inference decides by, with the reason for it.
//!
//! Where a reason names numbers of bodies, records or pairs, they are those of 90 public collections with 1176 JSON bodies;
//! the ignored test `infer::tests::corpus` counts them again.

/// Of a sample's scalars, in per cent, how many must be placeholders for the whole sample to count as made by a
/// generator. Generators print literals for enumerations, defaults and patterns, so all of them would be too many;
/// people leave single placeholders in real examples, so half of them would be too few. Of 422 bodies with one, 165 have
/// 90 per cent and more, 247 less than 70, and 10 lie between.
pub const SYNTHETIC_PERCENT: usize = 80;

/// Of a sample's texts, in per cent, how many must be filler text or `string` for the sample to count as fake. Generators
/// of examples make up addresses, times and the like beside them, so it cannot be most of them. Of 38 bodies with two such
/// texts, 30 have half and more, 7 between 30 and 49 per cent, and one less than 10.
pub const FILLER_PERCENT: usize = 50;

/// Filler texts that a sample must have before it is judged by them.
pub const FILLER_TEXTS: usize = 2;

/// Letters that a text of filler words must have: `id` and `in` are values of their own.
pub const FILLER_LETTERS: usize = 4;

/// Letters that an invented name's word must have where the sample does not show otherwise that a generator made it:
/// `id_1` and `ad_2` are names that people give.
pub const RANDOM_WORD_LETTERS: usize = 4;

/// Made-up literals of one kind under invented names that say that values are of this kind. With fewer, chance makes
/// them equal: a generator that may write anything picks one of four kinds each time.
pub const UNIFORM_RANDOM_VALUES: usize = 6;

/// Distinct values that must match a format before it is believed without a name that says so.
pub const FORMAT_VALUES: usize = 2;

/// Observations that are no placeholders in which an identity must stand for it to be always there.
pub const IDENTITY_OBSERVATIONS: usize = 2;

/// Operations that must send a part whole for its members to be what must be there: one may have been written once and
/// copied.
pub const SENDING_OPERATIONS: usize = 2;

/// Kinds that a union is made of; with more, it says nothing any more.
pub const UNION_KINDS: usize = 3;

/// Of the smaller of two records of one name, how much of it the other must have, in per cent. Of 460 pairs, 139 share
/// 90 per cent and more, 247 less than 60 (177 of them one of two names); of the 74 between, 17 lie at 80 to 89.
pub const SAME_NAME_CONTAINED: usize = 80;

/// Names that the smaller of two records of one name must have: less is no structure that could be compared.
pub const SAME_NAME_KEYS: usize = 2;

/// Of two records that stand under one name of two records to be joined, how much of the smaller one the other must
/// have, in per cent, for the two outer ones to be the same.
pub const INNER_CONTAINED: usize = 50;

/// Names that two records must have to be the same because all their names and kinds are, whatever they are called.
/// `{id, name, uid, owner}` is in every list of an API that has many kinds of things. Of 405 shapes with two to six
/// names 31 stand under several names, of 100 with seven and more 12: above, the names are so many that chance is no reason.
pub const SAME_SHAPE_KEYS_UNRELATED: usize = 8;

/// As before, where both are members of one record, or their names end with one word.
pub const SAME_SHAPE_KEYS: usize = 4;

/// As before, where the name of one position is the end of the other's, or the path of one is about the other:
/// `workAddress` and `address`, the element of `pets` and the body at `/pets/{id}`.
pub const SAME_SHAPE_KEYS_RELATED: usize = 3;

/// Different records of one name that are compared each with each other; above that, those of one shape are one and the
/// others are compared with the largest only, so that the work stays linear.
pub const PAIRWISE: usize = 48;

/// Rounds of joining. Joined records show more, which may join others; in real descriptions two or three are enough.
pub const ROUNDS: usize = 8;

/// Objects without a common name that make a map. Two may be the two forms of one record: three positions of the
/// collections have two such objects, none of them a map, and one has three or more.
pub const MAP_DISJOINT: usize = 3;

/// As before, under a name that tells of names that people choose.
pub const MAP_DISJOINT_NAMED: usize = 2;

/// Names from which on an object with values of one kind can be a map by their number alone. With half as many, the
/// collections would add nothing but whole bodies, whose names are the API's own, and one mixed object.
pub const MAP_KEYS: usize = 16;

/// Objects that must be seen for the share of a name among them to mean something.
pub const MAP_OBSERVATIONS: usize = 3;

/// Names that an object of similar records must have to be a map of them.
pub const MAP_RECORDS: usize = 3;

/// How much of the names of all records in a map two of them must share, in per cent.
pub const MAP_RECORDS_SHARED: usize = 80;

/// Members that a record may have beside those of the record inside it for the two to be one recursive schema: the one
/// that holds the inner one, and one that only the outermost has.
pub const TREE_OWN_MEMBERS: usize = 2;

/// Levels of arrays and records that are looked at to compare two members. Below, joined records are compared again in
/// the next round.
pub const NESTED_LEVELS: usize = 4;

/// Scalars that a body may have beside the one member that it is for: the total, the size and the position of a page, and
/// where the ones before and behind it are.
pub const ENVELOPE_SCALARS: usize = 6;

/// Of all names of two groups of objects that a member tells apart, how many both have, in per cent, for the two to be
/// one kind of object. Of 87 pairs of groups with two objects each, 44 share less than half, most of them 20 to 29 per
/// cent (identity, name and times), and 14 share all.
pub const VARIANTS_SHARED: usize = 50;

/// Objects of one kind that must be seen for it to be a variant of a union.
pub const VARIANT_OBSERVATIONS: usize = 2;

/// Letters of the longest text that is the name of a kind.
pub const TAG_LENGTH: usize = 60;

/// Members of one object under names such as `type` that are looked at as what tells its kind.
pub const TAGS: usize = 4;

/// Members that an object may have for those under any other name to be looked at too.
pub const TAG_MEMBERS: usize = 64;

/// Texts that a member under a name such as `type` may have to tell kinds apart: lists of events are that long.
pub const TAG_TEXTS: usize = 32;

/// As before, under any other name. A union of more kinds would have been named by its author. Of 77 members of other
/// names whose texts could be kinds, 3 tell objects apart: chance does not.
pub const TAG_TEXTS_UNNAMED: usize = 8;

/// Names that two records must share for a member of one that leaves open what it is to be assumed to be of the type that it
/// has in the other.
pub const ALIGNED_KEYS: usize = 4;
