//! What the box for values that lie deep is.

use crate::runtime::Deep;

#[test]
fn it_is_used_like_the_value() {
    let mut deep: Deep<Vec<u8>> = vec![1].into();
    deep.push(2);
    assert_eq!((deep.len(), deep.clone()), (2, Deep::new(vec![1, 2])));
    assert_eq!(format!("{deep:?}"), "[1, 2]");
    assert_eq!(deep.into_inner(), [1, 2]);
    assert_eq!(*Deep::<String>::default(), "");
}

#[test]
fn it_may_go_to_another_thread() {
    let deep = Deep::new("text".to_owned());
    let length = std::thread::spawn(move || deep.len()).join();
    assert_eq!(length.ok(), Some(4));
}
