/** What each action does to content and author, as the server does it; and the words of a first draft. */
import { t } from '@/shared/i18n'

export const ACTIONS = ['ALLOW', 'LIMIT', 'QUARANTINE', 'REMOVE'] as const
export type ActionName = (typeof ACTIONS)[number]
export const ACTION_ICONS = { ALLOW: 'check', LIMIT: 'minus', QUARANTINE: 'box', REMOVE: 'trash' } as const
const AFTER: Record<ActionName, string> = { ALLOW: 'PUBLIC', LIMIT: 'LIMITED', QUARANTINE: 'QUARANTINED', REMOVE: 'REMOVED' }
const STRIKES: Record<string, number> = { MINOR: 1, MEDIUM: 3, SEVERE: 6 }

export interface PolicyFacts {
  code: string
  title: string
  severity: string
}

export const isRestrictive = (action: ActionName): boolean => action !== 'ALLOW'
export const visibilityAfter = (action: ActionName): string => AFTER[action]
export const strikesOf = (action: ActionName | null, policy: PolicyFacts | null): number =>
  action && policy && isRestrictive(action) ? (STRIKES[policy.severity] ?? 0) : 0

/** How heavy a breach is, and how a chip shows it. */
export const severityLook = (severity: string): string =>
  severity === 'SEVERE' ? 'c-chip--accent' : severity === 'MEDIUM' ? 'c-chip--warn' : ''

export function useWording() {
  const kind = (name: string) => t(`moderation.kind.${name}`)
  return {
    kind,
    severity: (name: string) => t(`moderation.severity.${name}`),
    visibility: (name: string) => t(`moderation.visibility.${name}`),
    action: (name: string) => t(`moderation.action.${name}`),
    draft: (action: ActionName, policy: PolicyFacts, subject: string) =>
      t(`moderation.draft.${action}`, { kind: kind(subject), policy: policy.title, code: policy.code }),
  }
}
