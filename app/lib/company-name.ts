// Legal forms at the end of a name, longest first within each script, as they read after `fold`.
const CHINESE_FORMS = [
  '股份有限公司', '有限责任公司', '集团有限公司', '控股有限公司', '有限公司', '有限合伙', '普通合伙', '责任公司', '股份公司',
  '集团公司', '总公司', '分公司', '子公司', '公司', '集团', '股份', '個人工作室', '个人工作室', '工作室', '事务所',
  '股份有限公司臺灣分公司', '股份有限公司台湾分公司', '株式会社', '合同会社', '有限会社',
].sort((a, b) => b.length - a.length)
const LATIN_FORMS = [
  'gmbh und co kg', 'gmbh & co kg', 'gmbh & co kgaa', 'ag & co kg', 'ag & co kgaa', 'ug & co kg', 'se & co kg', 'se & co kgaa',
  'ug haftungsbeschrankt', 'gesellschaft mit beschrankter haftung', 'aktiengesellschaft', 'incorporated', 'corporation',
  'company limited', 'co limited', 'co ltd', 'pte ltd', 'pte limited', 'pty ltd', 'pty limited', 'sdn bhd', 'pvt ltd', 'private limited',
  'limited liability company', 'limited', 'gmbh', 'ggmbh', 'kgaa', 'mbh', 'e v', 'ev', 'eg', 'ag', 'kg', 'ohg', 'gbr', 'ug', 'e k', 'ek',
  'inc', 'corp', 'co', 'ltd', 'llc', 'l l c', 'llp', 'lp', 'plc', 'pllc', 'sa', 's a', 'sas', 'sarl', 's a r l', 'srl', 's r l', 'spa', 's p a',
  'ltda', 'limitada', 'sp z o o', 'sp z oo', 'kft', 'd o o', 'doo', 'bhd', 'pvt', 'gmbh co kg', 'ag co kg', 'gesmbh', 'stiftung', 'bv', 'b v', 'nv', 'n v', 'ab', 'as', 'a s', 'aps', 'oy', 'oyj', 'se', 'kk', 'k k', 'company',
].sort((a, b) => b.length - a.length)
const LATIN_END = new RegExp(`(?<=[^ ]{1}) (?:${LATIN_FORMS.join('|')})$`, 'u')
const HAN = /\p{Script=Han}/u
const MIN_LENGTH = 2
// Forms come off one by one: a text of nothing else must not take seconds.
const LONGEST = 500

/**
 * A key under which two spellings of one company's name are equal: NFKC, lower case, no accents, punctuation or
 * legal form ("Acme GmbH & Co. KG" is "acme", "北京线索科技有限公司" is "北京线索科技"). At least two characters
 * stay, so that a name made of a legal form only keeps it. Empty where nothing is left to compare.
 */
export function companyKey(name: string): string {
  let key = fold(name.slice(0, LONGEST))
  for (;;) {
    const shorter = stripOnce(key)
    if (shorter === key || [...shorter].length < MIN_LENGTH) break
    key = shorter
  }
  return HAN.test(key) ? key.replaceAll(' ', '') : key
}

function fold(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[()（）[\]【】「」『』"'“”‘’.,;:!?·•、，。/\\|_®™©-]+/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}

function stripOnce(key: string): string {
  const latin = key.replace(LATIN_END, '').trim()
  if (latin !== key) return latin.replace(/ (?:&|und|and)$/u, '').trim()
  const form = CHINESE_FORMS.find((candidate) => key.endsWith(candidate))
  return form === undefined ? key : key.slice(0, -form.length).trim()
}
