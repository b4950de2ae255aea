/** Amounts as they are typed. `39.9` is 3990 fen. Letters are counted, no fraction is. */
export function fenOf(text: string): number | null {
  const found = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(text.normalize('NFKC').replace(/[¥,\s]/g, ''))
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : null
}
