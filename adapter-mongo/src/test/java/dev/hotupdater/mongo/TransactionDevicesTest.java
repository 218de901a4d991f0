package dev.hotupdater.mongo;

class TransactionDevicesTest extends MongoDevicesTests {
  TransactionDevicesTest() {
    super(TestServer.of(new TransactionalBackend()));
  }
}
