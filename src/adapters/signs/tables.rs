//! What Unicode's own tables do not say, or not in the crate that has the rest of them.

/// Signs with another code point that is meant by the same writing; the first that a file can hold stands for it.
#[rustfmt::skip]
pub(super) const SAME: &[(char, char)] = &[
    // One JIS character, two code points: the JIS table's and Microsoft's.
    ('\u{2212}', '\u{ff0d}'), // minus sign
    ('\u{301c}', '\u{ff5e}'), // wave dash
    ('\u{2016}', '\u{2225}'), // double vertical line
    ('\u{2014}', '\u{2015}'), // em dash
    ('\u{00a2}', '\u{ffe0}'), // cent
    ('\u{00a3}', '\u{ffe1}'), // pound
    ('\u{00ac}', '\u{ffe2}'), // not
    ('\u{00a5}', '\u{ffe5}'), // yen; an encoder would make it a backslash
    ('\u{203e}', '\u{ffe3}'), // overline; an encoder would make it a tilde
    // Dashes and dots that keyboards make and the table of JIS does not have; other dashes are known by their category.
    ('\u{005c}', '\u{ff3c}'), // backslash, where it is not read alike
    ('\u{007e}', '\u{ff5e}'), // tilde, the same
    ('\u{3030}', '\u{ff5e}'), // wavy dash
    ('\u{223c}', '\u{ff5e}'), // tilde operator
    ('\u{2e3a}', '\u{2015}'), // two-em dash
    ('\u{2e3b}', '\u{2015}'), // three-em dash
    ('\u{30a0}', '\u{ff1d}'), // double hyphen of kana
    ('\u{2043}', '\u{30fb}'), // hyphen bullet
    ('\u{02d7}', '\u{ff0d}'), // modifier minus
    ('\u{2796}', '\u{ff0d}'), // heavy minus
    ('\u{00b7}', '\u{30fb}'), // middle dot of names
    ('\u{2022}', '\u{30fb}'), // bullet
    ('\u{2027}', '\u{30fb}'), // hyphenation point
    ('\u{22c5}', '\u{30fb}'), // dot operator
    ('\u{2219}', '\u{30fb}'), // bullet operator
    ('\u{02bc}', '\u{2019}'), // modifier apostrophe
    ('\u{02bb}', '\u{2018}'), // modifier turned comma
    ('\u{00a6}', '\u{ffe4}'), // broken bar
    ('\u{3099}', '\u{309b}'), // voiced mark on its own
    ('\u{309a}', '\u{309c}'), // semi-voiced mark on its own
];

/// CJK radicals that are copied out of documents in the place of the ideographs that they look like
/// (EquivalentUnifiedIdeograph.txt of Unicode 14; those of Kangxi are in the crate's tables).
#[rustfmt::skip]
pub(super) const RADICALS: &[(char, char)] = &[
    ('\u{2e81}', '\u{5382}'), ('\u{2e82}', '\u{4e5b}'), ('\u{2e83}', '\u{4e5a}'), ('\u{2e84}', '\u{4e59}'), ('\u{2e85}', '\u{4ebb}'), ('\u{2e86}', '\u{5182}'), ('\u{2e87}', '\u{20628}'), ('\u{2e88}', '\u{5200}'),
    ('\u{2e89}', '\u{5202}'), ('\u{2e8a}', '\u{535c}'), ('\u{2e8b}', '\u{353e}'), ('\u{2e8c}', '\u{5c0f}'), ('\u{2e8d}', '\u{5c0f}'), ('\u{2e8e}', '\u{5140}'), ('\u{2e8f}', '\u{5c23}'), ('\u{2e90}', '\u{5c22}'),
    ('\u{2e91}', '\u{21bc2}'), ('\u{2e92}', '\u{5df3}'), ('\u{2e93}', '\u{5e7a}'), ('\u{2e94}', '\u{5f51}'), ('\u{2e95}', '\u{5f50}'), ('\u{2e96}', '\u{5fc4}'), ('\u{2e97}', '\u{5fc3}'), ('\u{2e98}', '\u{624c}'),
    ('\u{2e99}', '\u{6535}'), ('\u{2e9b}', '\u{65e1}'), ('\u{2e9c}', '\u{65e5}'), ('\u{2e9d}', '\u{6708}'), ('\u{2e9e}', '\u{6b7a}'), ('\u{2e9f}', '\u{6bcd}'), ('\u{2ea0}', '\u{6c11}'), ('\u{2ea1}', '\u{6c35}'),
    ('\u{2ea2}', '\u{6c3a}'), ('\u{2ea3}', '\u{706c}'), ('\u{2ea4}', '\u{722b}'), ('\u{2ea5}', '\u{722b}'), ('\u{2ea6}', '\u{4e2c}'), ('\u{2ea7}', '\u{725b}'), ('\u{2ea8}', '\u{72ad}'), ('\u{2ea9}', '\u{738b}'),
    ('\u{2eaa}', '\u{24d14}'), ('\u{2eab}', '\u{76ee}'), ('\u{2eac}', '\u{793a}'), ('\u{2ead}', '\u{793b}'), ('\u{2eae}', '\u{25ad7}'), ('\u{2eaf}', '\u{7cf9}'), ('\u{2eb0}', '\u{7e9f}'), ('\u{2eb1}', '\u{7f53}'),
    ('\u{2eb2}', '\u{7f52}'), ('\u{2eb3}', '\u{34c1}'), ('\u{2eb4}', '\u{5197}'), ('\u{2eb5}', '\u{2626b}'), ('\u{2eb6}', '\u{7f8a}'), ('\u{2eb7}', '\u{2634c}'), ('\u{2eb8}', '\u{2634b}'), ('\u{2eb9}', '\u{8002}'),
    ('\u{2eba}', '\u{8080}'), ('\u{2ebb}', '\u{807f}'), ('\u{2ebc}', '\u{8089}'), ('\u{2ebd}', '\u{26951}'), ('\u{2ebe}', '\u{8279}'), ('\u{2ebf}', '\u{8279}'), ('\u{2ec0}', '\u{8279}'), ('\u{2ec1}', '\u{864e}'),
    ('\u{2ec2}', '\u{8864}'), ('\u{2ec3}', '\u{8980}'), ('\u{2ec4}', '\u{897f}'), ('\u{2ec5}', '\u{89c1}'), ('\u{2ec6}', '\u{89d2}'), ('\u{2ec7}', '\u{278b2}'), ('\u{2ec8}', '\u{8ba0}'), ('\u{2ec9}', '\u{8d1d}'),
    ('\u{2eca}', '\u{27fb7}'), ('\u{2ecb}', '\u{8f66}'), ('\u{2ecc}', '\u{8fb6}'), ('\u{2ecd}', '\u{8fb6}'), ('\u{2ece}', '\u{8fb6}'), ('\u{2ecf}', '\u{9091}'), ('\u{2ed0}', '\u{9485}'), ('\u{2ed1}', '\u{9577}'),
    ('\u{2ed2}', '\u{9578}'), ('\u{2ed3}', '\u{957f}'), ('\u{2ed4}', '\u{95e8}'), ('\u{2ed5}', '\u{28e0f}'), ('\u{2ed6}', '\u{961d}'), ('\u{2ed7}', '\u{96e8}'), ('\u{2ed8}', '\u{9752}'), ('\u{2ed9}', '\u{97e6}'),
    ('\u{2eda}', '\u{9875}'), ('\u{2edb}', '\u{98ce}'), ('\u{2edc}', '\u{98de}'), ('\u{2edd}', '\u{98df}'), ('\u{2ede}', '\u{2967f}'), ('\u{2edf}', '\u{98e0}'), ('\u{2ee0}', '\u{9963}'), ('\u{2ee1}', '\u{29810}'),
    ('\u{2ee2}', '\u{9a6c}'), ('\u{2ee3}', '\u{9aa8}'), ('\u{2ee4}', '\u{9b3c}'), ('\u{2ee5}', '\u{9c7c}'), ('\u{2ee6}', '\u{9e1f}'), ('\u{2ee7}', '\u{5364}'), ('\u{2ee8}', '\u{9ea6}'), ('\u{2ee9}', '\u{9ec4}'),
    ('\u{2eea}', '\u{9efe}'), ('\u{2eeb}', '\u{6589}'), ('\u{2eec}', '\u{9f50}'), ('\u{2eed}', '\u{6b6f}'), ('\u{2eee}', '\u{9f7f}'), ('\u{2eef}', '\u{7adc}'), ('\u{2ef0}', '\u{9f99}'), ('\u{2ef1}', '\u{9f9c}'),
    ('\u{2ef2}', '\u{4e80}'), ('\u{2ef3}', '\u{9f9f}'),
];
