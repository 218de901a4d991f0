package dev.hotupdater.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A form with the boundary {@code b} whose contents are full of what a parser stumbles over.
 *
 * @param parts name and content of each part
 */
record RandomForm(byte[] body, List<String> parts) {
  private static final List<String> PIECES =
      List.of(
          "\r",
          "\n",
          "\r\n",
          "-",
          "--",
          "\r\n-",
          "\r\n--",
          "\r\n--a",
          "b",
          "\0",
          "\u00ff",
          ":",
          ";",
          "=",
          "\"",
          "\\",
          " ",
          "\t",
          "%",
          "*",
          "=?UTF-8?B?",
          "?=",
          "=?utf-8?q?=",
          "UTF-8''",
          "x");
  private static final List<String> DAMAGES =
      List.of(
          "--b\r\n",
          "\r\n--b\r\n",
          "--b--",
          "\r\n\r\n",
          "Content-Disposition: form-data; name=\"c\"",
          "Content-Type: multipart/mixed; boundary=b\r\n",
          "filename*=UTF-8''%",
          "filename=\"=?UTF-8?B?a?=\"",
          "; name*=x''%zz",
          "\r\n\t");

  static RandomForm create(Random random) {
    StringBuilder body = new StringBuilder(random.nextBoolean() ? "" : "preamble\r\n");
    List<String> parts = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      String content = text(random, random.nextInt(10) == 0 ? 5_000 : 30);
      body.append("--b\r\nContent-Disposition: form-data; name=\"n").append(i).append('"');
      body.append(random.nextBoolean() ? "; filename=\"f\"" : "").append("\r\n\r\n");
      body.append(content).append("\r\n");
      parts.add("n" + i + "=" + content);
    }
    body.append("--b--\r\n");
    return new RandomForm(body.toString().getBytes(ISO_8859_1), parts);
  }

  /** The body, with some bytes cut out, doubled or replaced. */
  byte[] damaged(Random random) {
    StringBuilder text = new StringBuilder(new String(body, ISO_8859_1));
    int damages = 1 + random.nextInt(4);
    for (int i = 0; i < damages; i++) {
      int from = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), from + random.nextInt(20));
      text.replace(from, to, damage(random));
      if (random.nextInt(5) == 0) {
        text.setLength(random.nextInt(text.length() + 1));
      }
    }
    return text.toString().getBytes(ISO_8859_1);
  }

  private static String damage(Random random) {
    List<String> source = random.nextBoolean() ? DAMAGES : PIECES;
    return random.nextInt(3) == 0 ? "" : source.get(random.nextInt(source.size()));
  }

  private static String text(Random random, int pieces) {
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(pieces);
    for (int i = 0; i < count; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    // With the boundary in it, the content would be two parts.
    return text.toString().replace("--b", "--a");
  }
}
