/**
 * Lines that other makers of PDFs lose or confuse: characters that look alike or share a glyph, that
 * come from another font, that are made of several code points, or that are cut apart by ligatures.
 */
export const nastyLines = [
  '⽇本の⽉と日本の月、⼒と力、⼆と二',
  '葛\u{e0100}城市と葛城市、辻\u{e0100}と辻',
  '03\u20111234\u20115678と03-1234-5678',
  '10〜20と10～20、100−50と100－50と100-50',
  'office affluent final fjord ﬁﬂ',
  'ﾊﾞﾘｽﾀ ﾊﾟﾝ ｶﾞｽ ｱｲｳｴｵとバリスタ',
  '𠮷野家 𩸽 𠀋 𠮟る 髙﨑 濵 德 瀨',
  '😀😃🎉☕と☺❤',
  '\ufa10\ufa11\ufa12\ufa19\ufa1b\ufa26と塚崎晴神福都',
  '①②③㈱㈲℡№㌔㍻㋿',
  '≒≠≡∞∴♂♀★☆〒♪',
  '、。・「」『』【】〈〉《》〔〕…‥――',
  'ーと一と―と－と‐と–と—とｰ',
  'Ｔ１２３とT123、（税込）と(税込)',
  '<b>&amp;</b> \\(x\\) %PDF-1.7 endobj \'q" []{}',
  '〓を〓と読む',
  'ヴァイオリン ヷヸヹヺ ㇰㇱㇲ ゟヿ',
  'naïve façade Zürich ½ × ÷ ± µ',
  '0123456789'
]
