/** Every address of the shop. Pages are loaded when they are opened, with the texts of the features they show. */
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { loadTexts, t } from '@/shared/i18n'
import { learnArrival } from '@/shared/session/arrival'

declare module 'vue-router' {
  interface RouteMeta {
    /** Whose texts the page needs. */
    texts: string[]
    /** The page shows the tab bar. */
    tabs?: boolean
    /** Key of the document title; pages with content of their own set it themselves. */
    title?: string
  }
}

type Page = NonNullable<RouteRecordRaw['component']>

function page(path: string, component: Page, texts: string[], more: { tabs?: boolean; title?: string } = {}): RouteRecordRaw {
  return { path, component, props: true, meta: { texts, ...more } } as RouteRecordRaw
}

const tabs = { tabs: true }

const routes: RouteRecordRaw[] = [
  page('/', () => import('./routes/HomePage.vue'), ['catalogue', 'groupbuy'], { ...tabs, title: 'title.home' }),
  page('/c/:category', () => import('./routes/CategoryPage.vue'), ['catalogue']),
  page('/b/:brand', () => import('./routes/BrandPage.vue'), ['catalogue']),
  page('/search', () => import('./routes/SearchPage.vue'), ['search'], { title: 'common.search' }),
  page('/p/:slug', () => import('./routes/ProductPage.vue'), ['catalogue', 'groupbuy']),
  page('/p/:slug/reviews', () => import('./routes/ReviewsPage.vue'), ['reviews', 'community']),
  page('/p/:slug/questions', () => import('./routes/QuestionsPage.vue'), ['reviews', 'community']),
  page('/questions/:id', () => import('./routes/QuestionPage.vue'), ['reviews', 'community']),
  page('/reviews/new/:orderId/:lineId', () => import('./routes/NewReviewPage.vue'), ['reviews']),
  page('/reviews/:id', () => import('./routes/ReviewPage.vue'), ['reviews', 'community']),
  page('/me/reviews', () => import('./routes/MyReviewsPage.vue'), ['reviews', 'community']),
  page('/g/:id', () => import('./routes/GroupPage.vue'), ['groupbuy']),
  page('/draws/:id/verify', () => import('./routes/DrawPage.vue'), ['groupbuy']),
  page('/flash', () => import('./routes/FlashPage.vue'), ['flash']),
  page('/groups', () => import('./routes/GroupsPage.vue'), ['groupbuy'], { ...tabs, title: 'tabs.groups' }),
  page('/cart', () => import('./routes/CartPage.vue'), ['cart']),
  page('/wishlist', () => import('./routes/WishlistPage.vue'), ['cart']),
  page('/coupons', () => import('./routes/CouponsPage.vue'), ['coupons']),
  page('/checkout/:kind', () => import('./routes/CheckoutPage.vue'), ['checkout', 'groupbuy', 'orders', 'fulfilment', 'creators', 'accounts']),
  page('/pay/:orderId', () => import('./routes/PayPage.vue'), ['checkout', 'groupbuy']),
  page('/pay/:orderId/sheet', () => import('./routes/SheetPage.vue'), ['checkout']),
  page('/pay/:orderId/transfer', () => import('./routes/TransferPage.vue'), ['checkout']),
  page('/orders', () => import('./routes/OrdersPage.vue'), ['orders'], { title: 'title.orders' }),
  page('/orders/:id', () => import('./routes/OrderPage.vue'), ['surveys', 'orders', 'reviews', 'groupbuy', 'aftersales', 'fulfilment', 'checkout', 'protection', 'accounts']),
  page('/aftersales', () => import('./routes/AfterSalesPage.vue'), ['aftersales']),
  page('/aftersales/new/:orderId', () => import('./routes/NewAfterSalePage.vue'), ['aftersales']),
  page('/aftersales/:id', () => import('./routes/AfterSalePage.vue'), ['aftersales', 'fulfilment']),
  page('/protection', () => import('./routes/ProtectionPage.vue'), ['trust']),
  page('/trade-in', () => import('./routes/TradeInPage.vue'), ['tradein']),
  page('/trade-in/:id', () => import('./routes/TradeInOnePage.vue'), ['tradein']),
  page('/me/plans', () => import('./routes/CoveragesPage.vue'), ['protection']),
  page('/surveys/:id', () => import('./routes/SurveyPage.vue'), ['surveys']),
  page('/help', () => import('./routes/HelpPage.vue'), ['support', 'quality']),
  page('/help/ask', () => import('./routes/HelpAskPage.vue'), ['support']),
  page('/help/tickets', () => import('./routes/HelpTicketsPage.vue'), ['support']),
  page('/help/tickets/:id', () => import('./routes/HelpTicketPage.vue'), ['support']),
  page('/help/:slug', () => import('./routes/HelpAnswerPage.vue'), ['support']),
  page('/circles', () => import('./routes/CirclesPage.vue'), ['community', 'contests'], { ...tabs, title: 'tabs.circles' }),
  page('/t/:topic', () => import('./routes/TopicPage.vue'), ['community', 'contests']),
  page('/contests/:id', () => import('./routes/ContestPage.vue'), ['contests']),
  page('/post/new', () => import('./routes/NewPostPage.vue'), ['community', 'contests']),
  page('/post/:id', () => import('./routes/PostPage.vue'), ['community', 'accounts']),
  page('/messages', () => import('./routes/MessagesPage.vue'), ['messaging'], { ...tabs, title: 'tabs.messages' }),
  page('/room/:id', () => import('./routes/RoomPage.vue'), ['messaging']),
  page('/notifications', () => import('./routes/NotificationsPage.vue'), ['messaging']),
  page('/me', () => import('./routes/MePage.vue'), ['accounts', 'membership', 'checkout', 'invites'], { ...tabs, title: 'tabs.me' }),
  page('/me/points', () => import('./routes/PointsPage.vue'), ['membership']),
  page('/me/mall', () => import('./routes/MallPage.vue'), ['membership', 'checkout']),
  page('/me/tasks', () => import('./routes/TasksPage.vue'), ['membership']),
  page('/me/badges', () => import('./routes/BadgesPage.vue'), ['membership']),
  page('/me/wallet', () => import('./routes/WalletPage.vue'), ['payments']),
  page('/me/membership', () => import('./routes/MembershipPage.vue'), ['membership']),
  page('/me/invites', () => import('./routes/InvitesPage.vue'), ['invites']),
  page('/me/security', () => import('./routes/SecurityPage.vue'), ['accounts']),
  page('/me/settings', () => import('./routes/SettingsPage.vue'), ['accounts', 'checkout', 'search', 'messaging']),
  page('/creator/apply', () => import('./routes/CreatorApplyPage.vue'), ['creators']),
  page('/creator/statements/:id', () => import('./routes/CreatorStatementPage.vue'), ['creators']),
  page('/creator/:part(work|briefs|earnings|statements)?', () => import('./routes/CreatorPage.vue'), ['creators']),
  page('/u/:id', () => import('./routes/ProfilePage.vue'), ['accounts', 'community', 'membership']),
  page('/signin', () => import('./routes/SignInPage.vue'), ['accounts'], { title: 'common.signIn' }),
  ...(import.meta.env.DEV || import.meta.env.MODE === 'kit' ? [page('/kit', () => import('./routes/KitPage.vue'), [])] : []),
  page('/:rest(.*)*', () => import('./routes/NotFoundPage.vue'), []),
]

export const router = createRouter({
  history: createWebHistory('/'),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})

router.beforeEach(async (to) => {
  // What a short link adds to an address is kept for the order, and does not travel on when the address is shared.
  const rest = learnArrival(to.query)
  if (rest) return { path: to.path, query: rest, hash: to.hash, replace: true }
  await loadTexts(to.meta.texts)
  return true
})
router.afterEach((to, from) => {
  if (to.meta.title) document.title = to.path === '/' ? t('title.home') : t('title.suffix', { page: t(to.meta.title) })
  if (from.matched.length && to.path !== from.path) requestAnimationFrame(() => document.querySelector('main')?.focus())
})
// After an update the old page's parts are gone: take the new page.
router.onError((error: Error, to) => {
  if (/dynamically imported module|Unable to preload/i.test(error.message)) location.assign(to.fullPath)
})
