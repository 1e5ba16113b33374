import { handle } from '../../../runtime/hooks.ts';
import { httpEmptyGif } from './directives.ts';

/** One transparent pixel: header, screen, two colours, transparency, one image of one pixel, trailer (GIF89a). */
const pixel = Buffer.from(
  ['474946383961', '01000100800100', '000000ffffff', '21f9040100000100', '2c000000000100010000', '02024c0100', '3b'].join(''),
  'hex',
);

/** When nginx says that it was made: 28 Sep 1970. */
const lastModified = 23_349_600;

/** `empty_gif`: a transparent GIF of one pixel. */
export const emptyGifHandler = handle(httpEmptyGif, {
  handler: ({ on }) =>
    on &&
    ((r) => {
      if (r.method !== 'GET' && r.method !== 'HEAD') return 405;
      r.headersOut.lastModified = lastModified;
      r.respond(200, 'image/gif', pixel);
      return 'done';
    }),
});
