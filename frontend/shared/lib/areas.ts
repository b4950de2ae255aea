/** Provinces, cities and districts, and reading an address that somebody pasted. */
export type Areas = readonly (readonly [code: string, name: string, cities: readonly (readonly [code: string, name: string, districts: readonly (readonly [string, string])[]])[]])[]

let loading: Promise<Areas> | undefined

/** The list of the server; it is asked for once. */
export function loadAreas(): Promise<Areas> {
  loading ??= fetch('/regions.json').then((answer) => (answer.ok ? (answer.json() as Promise<Areas>) : []))
  loading.catch(() => (loading = undefined))
  return loading.catch(() => [])
}

export interface PastedAddress {
  name: string
  phone: string
  province: string
  city: string
  district: string
  code: string
  line: string
}

const PHONE = /(?:\+?\d{2,3}[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)|\+\d{2,3}[\s-]?\d{4}[\s-]?\d{4}/
const LABELS = /(收货人|收件人|姓名|名字|联系电话|手机号码|手机号|手机|电话|所在地区|地区|详细地址|收货地址|地址)[:：]?/g
const ENDINGS = /(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市)$/

const shortOf = (name: string) => (name.length > 2 ? name.replace(ENDINGS, '') : name)

/** Find the name at the start of a text, whole or without its ending. */
function startOf<T extends readonly [string, string, ...unknown[]]>(text: string, list: readonly T[]): { found: T; rest: string } | null {
  for (const each of list) {
    for (const name of [each[1], shortOf(each[1])]) {
      if (name.length > 1 && text.startsWith(name)) return { found: each, rest: text.slice(name.length) }
    }
  }
  return null
}

function regionIn(text: string, areas: Areas): Omit<PastedAddress, 'name' | 'phone'> | null {
  const province = startOf(text, areas)
  const cities = province ? province.found[2] : areas.flatMap((each) => each[2])
  const afterProvince = province ? province.rest : text
  const city = startOf(afterProvince, cities) ?? (province?.found[2].length === 1 && province.found[2][0] ? { found: province.found[2][0], rest: afterProvince } : null)
  if (!city) return null
  const owner = province?.found ?? areas.find((each) => each[2].includes(city.found))
  const district = startOf(city.rest, city.found[2])
  return {
    province: owner?.[1] ?? '', city: city.found[1], district: district?.found[1] ?? '', code: district?.found[0] ?? '',
    line: (district ? district.rest : city.rest).trim(),
  }
}

/** Read "王小明 13800000001 浙江省杭州市西湖区文三路 1 号" in any order; what is not found stays empty. */
export function readAddress(pasted: string, areas: Areas): PastedAddress {
  let text = pasted.replace(LABELS, ' ')
  const phone = PHONE.exec(text)?.[0] ?? ''
  text = text.replace(phone, ' ')
  const parts = text.split(/[\s,，;；、]+/).filter(Boolean)
  const at = parts.findIndex((part) => regionIn(part, areas))
  let place: Omit<PastedAddress, 'name' | 'phone'> | null = null
  const used = new Set<number>()
  if (at >= 0) {
    // What follows may go on with the district or the street.
    for (let end = at; end < parts.length; end += 1) {
      const joined = regionIn(parts.slice(at, end + 1).join(''), areas)
      if (!joined) break
      place = joined
      used.add(end)
      if (joined.line && end + 1 < parts.length && (parts[end + 1]?.length ?? 0) <= 4 && !/\d/.test(parts[end + 1] ?? '')) break
    }
  }
  const name = parts.filter((_, index) => !used.has(index)).sort((one, other) => one.length - other.length)[0] ?? ''
  return { name, phone: phone.replace(/[\s-]/g, ''), ...(place ?? { province: '', city: '', district: '', code: '', line: '' }) }
}
