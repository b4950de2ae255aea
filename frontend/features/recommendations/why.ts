/** Why a pick is there, as a sentence. */
import { t } from '@/shared/i18n'
import type { PickFacts } from './api/picks'

export function whyOf({ reason, because, product }: PickFacts, isPersonal = true): string {
  if (!isPersonal) return ''
  return because ? t(`recommendations.why.${reason}`, { title: because.title }) : product.subtitle
}
