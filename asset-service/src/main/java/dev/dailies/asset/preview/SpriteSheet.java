package dev.dailies.asset.preview;

import java.time.Duration;

/**
 * The geometry of a sprite sheet: small pictures of a video at equal intervals, in rows from left
 * to right. The picture shown at time t is number {@code t / interval}, counted from 0.
 *
 * @param columns pictures in a row
 * @param rows rows
 * @param tileWidth width of one picture in pixels
 * @param tileHeight height of one picture in pixels
 * @param tiles how many places hold a picture
 * @param intervalMillis time from one picture to the next
 */
public record SpriteSheet(
    int columns, int rows, int tileWidth, int tileHeight, int tiles, long intervalMillis) {
  private static final int MOST_TILES = 100;
  private static final int MOST_COLUMNS = 10;
  private static final int LONGEST_SIDE = 160;
  private static final long LEAST_INTERVAL_MILLIS = 500;

  /** A sheet of at most a hundred pictures, no two closer than half a second. */
  static SpriteSheet of(Duration length, int width, int height) {
    long millis = Math.max(1, length.toMillis());
    long interval = Math.max(LEAST_INTERVAL_MILLIS, ceilDiv(millis, MOST_TILES));
    int tiles = (int) Math.max(1, ceilDiv(millis, interval));
    int columns = Math.min(tiles, MOST_COLUMNS);
    Scale tile = Scale.within(width, height, LONGEST_SIDE, LONGEST_SIDE);
    return new SpriteSheet(
        columns, (int) ceilDiv(tiles, columns), tile.width(), tile.height(), tiles, interval);
  }

  private static long ceilDiv(long a, long b) {
    return Math.ceilDiv(a, b);
  }

  String filter() {
    return "fps=1000/%d:start_time=0:round=near,scale=%d:%d,setsar=1,tile=%dx%d"
        .formatted(intervalMillis, tileWidth, tileHeight, columns, rows);
  }
}
