/** Chats scale a picture to the width of the phone, a third of this: hence the large type. */
export const PAGE_WIDTH = 1280;
export const PAGE_MARGIN = 40;
export const TITLE_SIZE = 40;
export const TEXT_SIZE = 30;
export const SMALL_SIZE = 25;
/** Below this a figure is left out rather than drawn. */
export const LEAST_SIZE = 18;
/** Where the body begins, under the title. */
export const BODY_TOP = 100;
