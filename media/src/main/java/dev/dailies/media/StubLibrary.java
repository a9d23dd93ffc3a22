package dev.dailies.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An empty shared library: a name, the symbol versions that the dynamic linker asks it for, and not
 * one symbol. It satisfies a library that is linked with something it never calls here; a call of
 * it would end the program, as it should.
 *
 * <p>The format is ELF64, little endian; see the System V ABI, chapters 4 and 5, and the Linux
 * Standard Base on symbol versions.
 *
 * @param name the file's name, e.g. {@code libpulse.so.0}
 * @param versions the symbol versions it claims to define
 */
record StubLibrary(String name, List<String> versions) {
  /** What the device library of ffmpeg wants and a server need not have. */
  static final List<StubLibrary> KNOWN =
      List.of(
          new StubLibrary("libpulse.so.0", List.of("PULSE_0")),
          new StubLibrary("libasound.so.2", List.of("ALSA_0.9", "ALSA_0.9.0rc4")),
          new StubLibrary("libxcb.so.1", List.of()),
          new StubLibrary("libxcb-shm.so.0", List.of()),
          new StubLibrary("libxcb-shape.so.0", List.of()),
          new StubLibrary("libxcb-xfixes.so.0", List.of()),
          new StubLibrary("libX11.so.6", List.of()),
          new StubLibrary("libXext.so.6", List.of()));

  private static final int HEADER = 64;
  private static final int PROGRAM_HEADERS = 2 * 56;
  private static final int SYMBOL = 24;
  private static final int HASH = 16;

  StubLibrary {
    versions = List.copyOf(versions);
  }

  /** The bytes of the library for a processor as Java names it. */
  byte[] image(String arch) {
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    names.write(0);
    int soname = add(names, name);
    List<Integer> versionNames = new ArrayList<>();
    for (String version : versions) {
      versionNames.add(add(names, version));
    }
    int symbols = HEADER + PROGRAM_HEADERS;
    int hash = symbols + SYMBOL;
    int strings = hash + HASH;
    int definitions = align(strings + names.size());
    // The base definition is the library itself.
    int definitionCount = versions.isEmpty() ? 0 : versions.size() + 1;
    int dynamic = definitions + definitionCount * 32;
    int entries = definitionCount == 0 ? 6 : 9;
    int end = dynamic + entries * 16;

    ByteBuffer image = ByteBuffer.allocate(end).order(ByteOrder.LITTLE_ENDIAN);
    header(image, arch);
    segment(image, 1, 6, 0, end, 0x1000);
    segment(image, 2, 6, dynamic, end - dynamic, 8);
    image.position(hash);
    image.putInt(1).putInt(1).putInt(0).putInt(0);
    image.position(strings);
    image.put(names.toByteArray());
    image.position(definitions);
    for (int i = 0; i < definitionCount; i++) {
      String defined = i == 0 ? name : versions.get(i - 1);
      int offset = i == 0 ? soname : versionNames.get(i - 1);
      image.putShort((short) 1).putShort((short) (i == 0 ? 1 : 0));
      image.putShort((short) (i + 1)).putShort((short) 1);
      image.putInt(elfHash(defined)).putInt(20).putInt(i == definitionCount - 1 ? 0 : 32);
      image.putInt(offset).putInt(0).putInt(0);
    }
    image.position(dynamic);
    entry(image, 14, soname);
    entry(image, 4, hash);
    entry(image, 5, strings);
    entry(image, 10, names.size());
    entry(image, 6, symbols);
    if (definitionCount > 0) {
      entry(image, 0x6ffffffcL, definitions);
      entry(image, 0x6ffffffdL, definitionCount);
      // The version of each symbol: there is only the empty first one, whose zeros serve.
      entry(image, 0x6ffffff0L, symbols);
    }
    entry(image, 0, 0);
    return image.array();
  }

  private static void header(ByteBuffer image, String arch) {
    short machine = (short) (arch.equals("aarch64") ? 183 : 62);
    image.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    image.putShort((short) 3).putShort(machine).putInt(1);
    image.putLong(0).putLong(HEADER).putLong(0).putInt(0);
    image.putShort((short) HEADER).putShort((short) 56).putShort((short) 2);
    image.putShort((short) 64).putShort((short) 0).putShort((short) 0);
  }

  private static void segment(
      ByteBuffer image, int type, int flags, long offset, long size, long alignment) {
    image.putInt(type).putInt(flags).putLong(offset).putLong(offset).putLong(offset);
    image.putLong(size).putLong(size).putLong(alignment);
  }

  private static void entry(ByteBuffer image, long tag, long value) {
    image.putLong(tag).putLong(value);
  }

  private static int add(ByteArrayOutputStream names, String name) {
    int offset = names.size();
    names.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    names.write(0);
    return offset;
  }

  private static int align(int offset) {
    return (offset + 7) & ~7;
  }

  private static int elfHash(String name) {
    int hash = 0;
    for (byte b : name.getBytes(StandardCharsets.US_ASCII)) {
      hash = (hash << 4) + (b & 0xff);
      int high = hash & 0xf0000000;
      hash = (hash ^ (high >>> 24)) & ~high;
    }
    return hash;
  }
}
