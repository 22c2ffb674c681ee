//! Masking: a stream of bytes in which certain texts are replaced by `***`, however it is cut into chunks.

use std::collections::VecDeque;

/// What stands in place of what must not be seen.
const STARS: &[u8] = b"***";

/// The texts that must not be seen, as the automaton of Aho and Corasick: each byte is looked at once, however many they are.
pub struct Mask {
    nodes: Vec<Node>,
}

/// A beginning of some text.
#[derive(Default)]
struct Node {
    /// The beginnings that are one byte longer.
    next: Vec<(u8, usize)>,
    /// The longest end of it that is a beginning too.
    fallback: usize,
    /// How many bytes it has.
    depth: usize,
    /// The length of the longest text that is an end of it; nothing where none is.
    text: usize,
}

impl Mask {
    /// The mask for these texts. An empty one is none.
    pub fn new(texts: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let mut mask = Self { nodes: vec![Node::default()] };
        texts.into_iter().for_each(|text| mask.add(&text));
        mask.link();
        mask
    }

    fn child(&self, node: usize, byte: u8) -> Option<usize> {
        let next = &self.nodes.get(node)?.next;
        next.iter().find(|(known, _)| *known == byte).map(|(_, child)| *child)
    }

    fn add(&mut self, text: &[u8]) {
        let mut at = 0;
        for (depth, byte) in text.iter().enumerate() {
            at = self.child(at, *byte).unwrap_or_else(|| {
                let child = self.nodes.len();
                self.nodes.push(Node { depth: depth + 1, ..Node::default() });
                if let Some(node) = self.nodes.get_mut(at) {
                    node.next.push((*byte, child));
                }
                child
            });
        }
        if let Some(node) = self.nodes.get_mut(at) {
            node.text = text.len();
        }
    }

    /// Tells each beginning where to go on when it does not; shorter ones first.
    fn link(&mut self) {
        let mut waiting = VecDeque::from([0]);
        while let Some(node) = waiting.pop_front() {
            let (next, fallback) =
                self.nodes.get(node).map(|node| (node.next.clone(), node.fallback)).unwrap_or_default();
            for (byte, child) in next {
                let target = if node == 0 { 0 } else { self.step(fallback, byte) };
                let text = self.nodes.get(target).map_or(0, |node| node.text);
                if let Some(child) = self.nodes.get_mut(child) {
                    (child.fallback, child.text) = (target, child.text.max(text));
                }
                waiting.push_back(child);
            }
        }
    }

    /// The longest beginning that the bytes so far end in, after one more byte.
    fn step(&self, mut node: usize, byte: u8) -> usize {
        loop {
            match self.child(node, byte) {
                Some(child) => return child,
                None if node == 0 => return 0,
                None => node = self.nodes.get(node).map_or(0, |node| node.fallback),
            }
        }
    }
}

/// One stream behind a mask.
pub struct Masked<'m> {
    mask: &'m Mask,
    node: usize,
    /// How many bytes came in.
    seen: usize,
    /// The last of them, which could be the beginning of a text.
    held: VecDeque<u8>,
    /// What of the held bytes must not be seen, from and to, counted as `seen`; none touches the next one.
    hidden: VecDeque<(usize, usize)>,
    /// Was the last byte that went out one that must not be seen?
    in_stars: bool,
}

impl<'m> Masked<'m> {
    /// A stream from its beginning.
    pub fn new(mask: &'m Mask) -> Self {
        let (held, hidden) = (VecDeque::new(), VecDeque::new());
        Self { mask, node: 0, seen: 0, held, hidden, in_stars: false }
    }

    /// What can go out after `chunk` came in.
    pub fn push(&mut self, chunk: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(chunk.len());
        for byte in chunk {
            self.held.push_back(*byte);
            self.seen += 1;
            self.node = self.mask.step(self.node, *byte);
            let Some(Node { depth, text, .. }) = self.mask.nodes.get(self.node) else { continue };
            if *text > 0 {
                self.hide(self.seen - text);
            }
            self.release(self.seen - depth, &mut out);
        }
        out
    }

    /// What was held back, at the end of the stream.
    pub fn end(mut self) -> Vec<u8> {
        let mut out = Vec::new();
        self.release(self.seen, &mut out);
        out
    }

    /// Everything from `start` on must not be seen.
    fn hide(&mut self, mut start: usize) {
        while let Some((from, _)) = self.hidden.pop_back_if(|(_, to)| *to >= start) {
            start = start.min(from);
        }
        self.hidden.push_back((start, self.seen));
    }

    /// Lets go of every byte before `until`, which no text to come can reach back to.
    fn release(&mut self, until: usize, out: &mut Vec<u8>) {
        while self.seen - self.held.len() < until {
            let at = self.seen - self.held.len();
            let Some(byte) = self.held.pop_front() else { return };
            while self.hidden.pop_front_if(|(_, to)| *to <= at).is_some() {}
            let is_hidden = self.hidden.front().is_some_and(|(from, _)| *from <= at);
            match (is_hidden, self.in_stars) {
                (false, _) => out.push(byte),
                (true, false) => out.extend_from_slice(STARS),
                (true, true) => {}
            }
            self.in_stars = is_hidden;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn masked(texts: &[Vec<u8>], chunks: &[&[u8]]) -> Vec<u8> {
        let mask = Mask::new(texts.iter().cloned());
        let mut stream = Masked::new(&mask);
        let mut out: Vec<u8> = chunks.iter().flat_map(|chunk| stream.push(chunk)).collect();
        out.extend(stream.end());
        out
    }

    fn shown(texts: &[&str], text: &str) -> String {
        let texts: Vec<_> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
        String::from_utf8(masked(&texts, &[text.as_bytes()])).unwrap()
    }

    /// Every byte that belongs to some occurrence of some text, found the slow way.
    fn slowly(texts: &[Vec<u8>], text: &[u8]) -> Vec<u8> {
        let mut hidden = vec![false; text.len()];
        for secret in texts.iter().filter(|secret| !secret.is_empty()) {
            for at in 0..text.len() {
                if text[at..].starts_with(secret) {
                    hidden[at..at + secret.len()].fill(true);
                }
            }
        }
        let mut out = Vec::new();
        for (at, byte) in text.iter().enumerate() {
            match hidden[at] {
                false => out.push(*byte),
                true if at > 0 && hidden[at - 1] => {}
                true => out.extend_from_slice(STARS),
            }
        }
        out
    }

    #[test]
    fn texts_are_hidden_where_they_overlap_contain_each_other_or_touch() {
        assert_eq!(shown(&["hunter2"], "a hunter2, hunter and hunter2"), "a ***, hunter and ***");
        assert_eq!(shown(&["abcd", "cdef"], "xabcdefx"), "x***x");
        assert_eq!(shown(&["abcdef", "cd"], "abcdeg abcdef"), "ab***eg ***");
        assert_eq!(shown(&["abab"], "abababab!"), "***!");
        assert_eq!(shown(&["", "ab"], "cabc"), "c***c");
        assert_eq!(shown(&[], "abc"), "abc");
    }

    #[test]
    fn what_could_be_a_beginning_waits_and_comes_out_at_the_end() {
        let mask = Mask::new([b"secret".to_vec()]);
        let mut stream = Masked::new(&mask);
        assert_eq!(stream.push(b"x sec"), b"x ");
        assert_eq!(stream.push(b"ond sec"), b"second ");
        assert_eq!(stream.end(), b"sec");
    }

    #[test]
    fn a_long_run_of_one_letter_takes_no_longer_for_a_long_text() {
        let text = vec![b'a'; 1 << 20];
        assert_eq!(masked(&[vec![b'a'; 1 << 16]], &[&text]), STARS);
        let mut almost = vec![b'a'; 1 << 16];
        almost.push(b'b');
        assert_eq!(masked(&[almost], &[&text]), text);
    }

    proptest! {
        #[test]
        fn any_cut_gives_the_same_and_never_a_secret(
            texts in prop::collection::vec(prop::collection::vec(b'a'..b'd', 1..5), 0..4),
            text in prop::collection::vec(b'a'..b'd', 0..40),
            cuts in prop::collection::vec(0usize..40, 0..5),
        ) {
            let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(text.len())).collect();
            cuts.extend([0, text.len()]);
            cuts.sort_unstable();
            let chunks: Vec<_> = cuts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect();
            let out = masked(&texts, &chunks);
            prop_assert_eq!(&out, &slowly(&texts, &text));
            for secret in &texts {
                prop_assert!(!out.windows(secret.len()).any(|part| part == secret.as_slice()));
            }
        }
    }
}
