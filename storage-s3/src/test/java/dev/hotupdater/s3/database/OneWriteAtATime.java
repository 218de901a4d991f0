package dev.hotupdater.s3.database;

import java.io.IOException;
import java.util.concurrent.locks.Lock;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * Makes up for the server of the tests: it checks the condition of a write first and writes then,
 * so that of two writes at the same time both may succeed; and it closes the connection of a write
 * that it refuses without saying so.
 */
final class OneWriteAtATime implements SdkHttpClient {
  private final SdkHttpClient client;
  private final Lock writing;

  OneWriteAtATime(SdkHttpClient client, Lock writing) {
    this.client = client;
    this.writing = writing;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    if (request.httpRequest().method() == SdkHttpMethod.GET) {
      return client.prepareRequest(request);
    }
    HttpExecuteRequest.Builder write =
        HttpExecuteRequest.builder()
            .request(request.httpRequest().toBuilder().putHeader("Connection", "close").build());
    request.contentStreamProvider().ifPresent(write::contentStreamProvider);
    request.metricCollector().ifPresent(write::metricCollector);
    return new InTurn(client.prepareRequest(write.build()));
  }

  @Override
  public void close() {
    client.close();
  }

  /** A request that waits for the others. */
  private final class InTurn implements ExecutableHttpRequest {
    private final ExecutableHttpRequest request;

    InTurn(ExecutableHttpRequest request) {
      this.request = request;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      writing.lock();
      try {
        return request.call();
      } finally {
        writing.unlock();
      }
    }

    @Override
    public void abort() {
      request.abort();
    }
  }
}
