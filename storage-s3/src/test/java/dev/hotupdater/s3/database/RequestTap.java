package dev.hotupdater.s3.database;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Sees the requests of one client, and can be the end of it at any of them. */
final class RequestTap implements ExecutionInterceptor {
  private final List<String> operations = new ArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();
  private int lastSent = Integer.MAX_VALUE;
  private int lastAnswered = Integer.MAX_VALUE;

  /** From this request on, counted from 0 and from now, nothing is sent any more. */
  synchronized void dieBeforeSending(int request) {
    operations.clear();
    lastSent = request - 1;
    lastAnswered = Integer.MAX_VALUE;
  }

  /** This request, counted from 0 and from now, is the last that is sent, and has no answer. */
  synchronized void dieBeforeTheAnswer(int request) {
    operations.clear();
    lastSent = request;
    lastAnswered = request - 1;
  }

  /** The names of the operations since this was called last. */
  synchronized List<String> take() {
    List<String> taken = List.copyOf(operations);
    operations.clear();
    return taken;
  }

  /** How many conditions did not hold. */
  int refused() {
    return refused.get();
  }

  @Override
  public synchronized void beforeExecution(
      Context.BeforeExecution context, ExecutionAttributes attributes) {
    operations.add(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
    if (operations.size() - 1 > lastSent) {
      throw SdkClientException.create("The process has died before sending");
    }
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    SdkHttpResponse response = context.httpResponse();
    if (response.statusCode() == 412) {
      refused.incrementAndGet();
    }
    synchronized (this) {
      if (operations.size() - 1 > lastAnswered) {
        throw SdkClientException.create("The process has died before the answer");
      }
    }
  }
}
