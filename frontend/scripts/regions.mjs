/**
 * Writes backend/accounts/regions.json: provinces, cities and districts with their codes, from the pinned packages
 * element-china-area-data (the mainland) and @vant/area-data (Hong Kong, Macau and Taiwan), both under the MIT licence.
 * Run it after one of them was updated: `node scripts/regions.mjs`.
 */
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const { regionData } = createRequire(import.meta.url)('element-china-area-data')
const { areaList } = await import('@vant/area-data')
const UNNAMED = ['市辖区', '县']

/** A municipality has one city of its own name; what lies in its unnamed parts lies in it. */
function citiesOf(province) {
  const unnamed = province.children.filter((city) => UNNAMED.includes(city.label))
  const named = province.children.filter((city) => !UNNAMED.includes(city.label))
  const joined = unnamed.length ? [{ value: unnamed[0].value, label: province.label, children: unnamed.flatMap((city) => city.children) }] : []
  return [...joined, ...named].map((city) => [city.value, city.label, (city.children ?? []).map((each) => [each.value, each.label])])
}
const under = (names, start) => Object.entries(names).filter(([code]) => code.startsWith(start))
const islands = under(areaList.province_list, '').filter(([code]) => /^(71|81|82)/.test(code))
const regions = [
  ...regionData.map((province) => [province.value, province.label, citiesOf(province)]),
  ...islands.map(([code, name]) => [
    code.slice(0, 2),
    name,
    under(areaList.city_list, code.slice(0, 2)).map(([city, label]) => [city.slice(0, 4), label, under(areaList.county_list, city.slice(0, 4))]),
  ]),
]
writeFileSync(new URL('../../backend/accounts/regions.json', import.meta.url), `${JSON.stringify(regions)}\n`)
