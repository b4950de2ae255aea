/** The content of a product as the editor holds it. Its form is that of the API. */
import { LOCALES } from '@/shared/i18n'

export type Texts = Record<string, string>
export interface Choice { key: string; label: Texts; swatch: string | null }
export interface Option { key: string; name: Texts; choices: Choice[] }
export interface VariantForm { sku: string; price_minor: number | null; options: Record<string, string>; picture_id: string | null }
export interface ShownPicture { picture_id: string; role: string; alt: Texts }
export interface MediaForm { file_id: string; title: Texts; poster_id: string | null }
export interface ReportForm { file_id: string; title: Texts; issuer: string; number: string; issued_on: string | null; valid_until: string | null }
export interface Content {
  title: Texts
  subtitle: Texts
  description: Texts
  category_id: string | null
  brand_id: string | null
  attributes: Record<string, unknown>
  options: Option[]
  variants: VariantForm[]
  pictures: ShownPicture[]
  media: MediaForm[]
  reports: ReportForm[]
  promises: Texts[]
  facts: { name: Texts; value: Texts }[]
}
export const PARTS = ['title', 'subtitle', 'description'] as const
export const ROLES = ['FRONT', 'BACK', 'SIDE', 'DETAIL', 'SCENE', 'SIZE', 'PACKAGE'] as const

export const copyOf = <Plain>(plain: Plain): Plain => JSON.parse(JSON.stringify(plain)) as Plain
export const noTexts = (): Texts => Object.fromEntries(LOCALES.map((locale) => [locale, '']))

export function emptyContent(): Content {
  return {
    title: noTexts(), subtitle: noTexts(), description: noTexts(), category_id: null, brand_id: null, attributes: {}, options: [],
    variants: [{ sku: '', price_minor: null, options: {}, picture_id: null }], pictures: [], media: [], reports: [], promises: [], facts: [],
  }
}

/** What came from the server, with a place for every language. */
export function formOf(content: unknown): Content {
  const form = { ...emptyContent(), ...copyOf(content as Content) }
  for (const part of PARTS) form[part] = { ...noTexts(), ...form[part] }
  return form
}

/** A key for words: small letters, digits and hyphens; numbered where the words have none of them. */
export function keyOf(words: string, taken: readonly string[], fallback: string): string {
  const plain = words.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 36)
  const base = plain || fallback
  if (!taken.includes(base)) return base
  let number = 2
  while (taken.includes(`${base}-${number}`)) number += 1
  return `${base}-${number}`
}

/** Every combination of the choices; what was entered for one that was there stays. */
export function combine(options: readonly Option[], before: readonly VariantForm[], stem: string): VariantForm[] {
  const all = options.reduce<Record<string, string>[]>((made, option) => made.flatMap((one) => option.choices.map((choice) => ({ ...one, [option.key]: choice.key }))), [{}])
  const same = (one: Record<string, string>, other: Record<string, string>) => Object.keys(one).length === Object.keys(other).length && Object.entries(one).every(([key, value]) => other[key] === value)
  const price = before.find((each) => each.price_minor)?.price_minor ?? null
  return all.map((chosen) => before.find((each) => same(chosen, each.options)) ?? {
    sku: [stem, ...Object.values(chosen)].filter(Boolean).join('-').slice(0, 60), price_minor: price, options: chosen, picture_id: null,
  })
}

/** Which languages lack a text that shoppers need. */
export const missingLanguages = (texts: Texts): string[] => LOCALES.filter((locale) => !texts[locale]?.trim())
