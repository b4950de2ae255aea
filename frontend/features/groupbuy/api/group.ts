/** Groups: one, those that can be joined, and the viewer's own. */
import { graphql, type FragmentOf, type ResultOf } from '@/shared/graphql'

export const SeatParts = graphql(`
  fragment SeatParts on Seat {
    number
    state
    isLeader
    isMine
    heldUntil
    paidAt
    person { id name face isSelf }
  }
`)

export const GroupCardParts = graphql(
  `
  fragment GroupCardParts on Group {
    id
    state
    size
    seatsTaken
    seatsLeft
    deadlineAt
    serverNow
    seatsMissing
    lottery { winners chancePercent }
    ladder { size isReached price { minor currency } }
    price { minor currency }
    singlePrice { minor currency }
    leader { id name face isSelf }
    seats { ...SeatParts }
    product { id slug title picture { src avif webp width height blur } }
  }
`,
  [SeatParts],
)

export const GroupPageQuery = graphql(
  `
  query GroupPage($id: ID!) {
    group(id: $id) {
      id
      state
      version
      size
      seatsTaken
      seatsLeft
      deadlineAt
      serverNow
      filledAt
      canJoin
      whyNot
      roomId
      lateChoice
      seatsMissing
      price { minor currency }
      paidPrice { minor currency }
      singlePrice { minor currency }
      ladder { size isReached price { minor currency } }
      lottery { winners chancePercent consolationPoints seedHash drawAt drawnAt }
      myDifference { minor currency }
      platformSeats
      leaderPoints
      myLeaderDiscount { minor currency }
      allowsMerge
      mergedIntoId
      myWait { place toldUntil }
      mergeOffers { id people askedAt }
      leader { id name face isSelf }
      seats { ...SeatParts }
      mySeat { ...SeatParts }
      myOrder {
        id
        state
        stateLabel
        payDeadlineAt
        total { minor currency }
        lines { id optionTitle quantity }
      }
      holdsMoneyFirst
      myMoneyIsHeld
      refundTimeline { key label at isDone }
      product {
        id
        slug
        title
        picture { src avif webp width height blur }
        groupOffer { rules size }
        variants { id groupPrice { minor currency } }
      }
    }
  }
`,
  [SeatParts],
)

export type GroupDetail = NonNullable<ResultOf<typeof GroupPageQuery>['group']>
export type GroupCard = FragmentOf<typeof GroupCardParts>

export const GroupChanged = graphql(`
  subscription GroupChanged($id: ID!) {
    groupChanged(id: $id) { id version state seatsTaken size }
  }
`)

export const OpenGroupsQuery = graphql(
  `
  query OpenGroups($first: Int, $after: String, $productId: ID) {
    openGroups(first: $first, after: $after, productId: $productId) {
      edges { node { ...GroupCardParts } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [GroupCardParts],
)

export const MyGroupsQuery = graphql(
  `
  query MyGroups($first: Int, $after: String) {
    viewer {
      id
      groups(first: $first, after: $after) {
        edges { node { ...GroupCardParts mySeat { state } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [GroupCardParts],
)

export const GroupRoomQuery = graphql(`
  query GroupRoom($id: ID!) {
    room(id: $id) {
      id
      unread
      lastSeq
      members { id name face isSelf }
      events(first: 8) { id seq type body actor { id name face isSelf } payload at }
    }
  }
`)

export const GroupRoomChanged = graphql(`
  subscription GroupRoomChanged($id: ID!) {
    roomChanged(id: $id) { id lastSeq }
  }
`)

export const SetLateChoiceMutation = graphql(`
  mutation SetLateChoice($input: SetLateChoiceInput!) {
    setLateChoice(input: $input) { group { id lateChoice } errors { code message field details } }
  }
`)

export const LeaveGroupMutation = graphql(`
  mutation LeaveGroup($input: LeaveGroupInput!) {
    leaveGroup(input: $input) { group { id version } order { id } errors { code message field details } }
  }
`)

export const WaitForSeatMutation = graphql(`
  mutation WaitForSeat($input: WaitForSeatInput!) {
    waitForSeat(input: $input) { group { id myWait { place toldUntil } } errors { code message field details } }
  }
`)

export const StopWaitingMutation = graphql(`
  mutation StopWaiting($input: StopWaitingInput!) {
    stopWaiting(input: $input) { group { id myWait { place toldUntil } } errors { code message field details } }
  }
`)

export const MergeCandidatesQuery = graphql(
  `
  query MergeCandidates($groupId: ID!) {
    mergeCandidates(groupId: $groupId) { id size seatsTaken seats { ...SeatParts } }
  }
`,
  [SeatParts],
)

export const AskToMergeMutation = graphql(`
  mutation AskToMerge($input: AskToMergeInput!) {
    askToMerge(input: $input) { group { id version } errors { code message field details } }
  }
`)

export const AnswerMergeMutation = graphql(`
  mutation AnswerMerge($input: AnswerMergeInput!) {
    answerMerge(input: $input) { group { id version } errors { code message field details } }
  }
`)

export const DrawQuery = graphql(`
  query DrawPage($id: ID!) {
    draw(id: $id) {
      groupId
      state
      productTitle
      size
      winners
      consolationPoints
      seedHash
      entriesHash
      commitment
      seed
      promisedAt
      committedAt
      drawAt
      drawnAt
      entries { number entry rank isWinner isMine }
    }
  }
`)

export type Draw = NonNullable<ResultOf<typeof DrawQuery>['draw']>
