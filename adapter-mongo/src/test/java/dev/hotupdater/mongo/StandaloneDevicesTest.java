package dev.hotupdater.mongo;

class StandaloneDevicesTest extends MongoDevicesTests {
  StandaloneDevicesTest() {
    super(TestServer.start());
  }
}
