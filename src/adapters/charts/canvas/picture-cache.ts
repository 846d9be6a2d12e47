/** The last few pictures; the one unused for longest goes first. */
export interface PictureCache {
  get(key: string): Uint8Array | undefined;
  set(key: string, png: Uint8Array): void;
}

export function createPictureCache(most: number): PictureCache {
  // A Map remembers the order of insertion, and taking out and putting back makes it the newest.
  const pictures = new Map<string, Uint8Array>();
  return {
    get(key) {
      const png = pictures.get(key);
      if (png === undefined) return undefined;
      pictures.delete(key);
      pictures.set(key, png);
      return png;
    },
    set(key, png) {
      pictures.delete(key);
      pictures.set(key, png);
      for (const oldest of pictures.keys()) {
        if (pictures.size <= most) return;
        pictures.delete(oldest);
      }
    },
  };
}
