/** Rooms, what is said in them, and notifications. */
import { graphql, type NodeOf, type ResultOf } from '@/shared/graphql'

export const RoomEventParts = graphql(`
  fragment RoomEventParts on RoomEvent {
    id seq type body payload at clientMessageId
    actor { id name face isSelf }
  }
`)

export const RoomListQuery = graphql(`
  query RoomList($first: Int!, $after: String) {
    viewer {
      id
      rooms(first: $first, after: $after) {
        edges { node { id kind title unread isRequest members { id name face isSelf } lastEvent { ...RoomEventParts } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`, [RoomEventParts])

export const RoomPageQuery = graphql(`
  query RoomPage($id: ID!) {
    room(id: $id) {
      id kind title lastSeq readSeq isReadOnly isRequest
      members { id name face isSelf }
      group {
        id state size deadlineAt serverNow
        leader { id }
        seats { number state isLeader isMine person { id name face isSelf } }
        product {
          id slug title
          picture { src avif webp width height blur }
          groupOffer { id size: priceSize price { minor currency } }
          price { minor currency }
        }
      }
    }
  }
`)

export const RoomEventsQuery = graphql(`
  query RoomEvents($id: ID!, $afterSeq: Int, $beforeSeq: Int, $first: Int!) {
    room(id: $id) { id events(afterSeq: $afterSeq, beforeSeq: $beforeSeq, first: $first) { ...RoomEventParts } }
  }
`, [RoomEventParts])

export const RoomChanged = graphql(`subscription RoomChanged($id: ID!) { roomChanged(id: $id) { id lastSeq } }`)
export const RoomsChanged = graphql(`subscription RoomsChanged { viewerChanged { unreadNotifications unreadRooms reason } }`)

export const SendMessageMutation = graphql(`
  mutation SendMessage($input: SendMessageInput!) {
    sendMessage(input: $input) { event { ...RoomEventParts } errors { code message field details } }
  }
`, [RoomEventParts])
export const RecallMessageMutation = graphql(`
  mutation RecallMessage($input: RecallMessageInput!) {
    recallMessage(input: $input) { event { ...RoomEventParts } errors { code message field details } }
  }
`, [RoomEventParts])
export const MarkRoomReadMutation = graphql(`
  mutation MarkRoomRead($input: MarkRoomReadInput!) {
    markRoomRead(input: $input) { room { id readSeq unread } errors { code message field details } }
  }
`)
export const StartDirectRoomMutation = graphql(`
  mutation StartDirectRoom($input: StartDirectRoomInput!) {
    startDirectRoom(input: $input) { room { id } errors { code message field details } }
  }
`)

export const NotificationsQuery = graphql(`
  query Notifications($first: Int!, $after: String) {
    viewer {
      id
      notifications(first: $first, after: $after) {
        edges { node { id kind title body url at isRead people { id name face } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`)
export const MarkNotificationsReadMutation = graphql(`
  mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {
    markNotificationsRead(input: $input) { unread errors { code message field details } }
  }
`)

export type RoomEvent = NonNullable<ResultOf<typeof RoomEventsQuery>['room']>['events'][number]
export type Room = NonNullable<ResultOf<typeof RoomPageQuery>['room']>
export type RoomInList = NodeOf<NonNullable<ResultOf<typeof RoomListQuery>['viewer']>['rooms']>
export type Note = NodeOf<NonNullable<ResultOf<typeof NotificationsQuery>['viewer']>['notifications']>
