/** What the entries of a room say that nobody typed. */
import { t, te } from '@/shared/i18n'
import type { Mood } from '@/shared/ui/mascot'
import { STICKERS } from '@/shared/ui/mascot'
import type { RoomEvent } from '../api/rooms'
import { payloadOf } from '../log'

interface Member {
  id: string
  name: string
  isSelf: boolean
}

const MOODS: Record<string, Mood> = {
  'group.opened': 'calm', 'group.seat_taken': 'plus-one', 'group.seat_released': 'sorry', 'group.filled': 'feast', 'group.expired': 'good-night', 'group.cancelled': 'sorry', 'group.leader': 'thanks',
}

export function useWords() {
  const nameOf = (person: { name: string; isSelf?: boolean } | null | undefined) => (person ? (person.isSelf ? t('messaging.you') : person.name) : t('messaging.somebody'))

  function sentence(event: RoomEvent, members: readonly Member[]): string {
    const payload = payloadOf(event)
    if (event.type === 'redact') return t('messaging.took', { name: nameOf(event.actor) })
    if (event.type === 'member') return t(payload.change === 'left' ? 'messaging.left' : 'messaging.came', { name: nameOf(event.actor) })
    const person = members.find((each) => each.id === payload.personId)
    const key = `messaging.system.${(payload.type ?? '').replace('.', '_')}`
    if (!te(key)) return t('messaging.system.other')
    const full = payload.type === 'group.seat_taken' && payload.seatsLeft === 0 ? 'messaging.system.group_seat_last' : key
    return t(full, { name: nameOf(person), count: payload.seatsLeft ?? 0, size: payload.size ?? 0 })
  }
  const stickerOf = (event: RoomEvent): Mood | null => asSticker(payloadOf(event).sticker)
  const asSticker = (name: string | undefined): Mood | null => ((STICKERS as readonly string[]).includes(name ?? '') ? (name as Mood) : null)
  const moodOf = (event: RoomEvent): Mood => MOODS[payloadOf(event).type ?? ''] ?? 'calm'

  /** One line for a list of rooms. */
  function short(event: RoomEvent | null, members: readonly Member[]): string {
    if (!event) return t('messaging.quiet')
    if (['redact', 'member', 'system'].includes(event.type)) return sentence(event, members)
    const said = event.type === 'sticker' ? t('messaging.sticker', { name: t(`messaging.stickers.${payloadOf(event).sticker ?? 'calm'}`) }) : event.type === 'product' ? event.body || t('messaging.product') : event.body || t('messaging.takenBack')
    return event.actor ? t('messaging.says', { name: nameOf(event.actor), text: said }) : said
  }
  return { sentence, stickerOf, asSticker, moodOf, short, nameOf }
}
