package dev.hotupdater.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class HttpResponseTest {
  private static byte[] written(HttpResponse answer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    answer.body().writeTo(bytes);
    return bytes.toByteArray();
  }

  @Test
  void bodyInMemory_writtenAndClosed_canBeWrittenAgain() throws IOException {
    HttpResponse answer = HttpResponse.json(200, "{\"a\":\"\u00fc\"}");

    byte[] first = written(answer);
    answer.body().close();
    byte[] second = written(answer);

    assertArrayEquals("{\"a\":\"\u00fc\"}".getBytes(UTF_8), first);
    assertArrayEquals(first, second);
    assertEquals(first.length, answer.body().length());
  }

  @Test
  void bufferOfABodyInMemory_readToItsEnd_leavesTheBodyAsItIs() {
    HttpBody.Bytes body = (HttpBody.Bytes) HttpBody.of(new byte[] {1, 2, 3});

    ByteBuffer buffer = body.buffer();
    buffer.get(new byte[3]);

    assertTrue(buffer.isReadOnly());
    assertEquals(0, buffer.remaining());
    assertEquals(3, body.buffer().remaining());
    assertEquals(3, body.length());
  }
}
