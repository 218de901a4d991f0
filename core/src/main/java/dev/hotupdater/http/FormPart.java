package dev.hotupdater.http;

import java.io.InputStream;
import java.util.Optional;

/**
 * One part of a form.
 *
 * @param name the name of the field
 * @param fileName the file name, if the part is a file; as the client sent it, so not to be trusted
 * @param contentType the media type, if the part names one
 * @param content the bytes, which can be read once
 */
public record FormPart(
    String name, Optional<String> fileName, Optional<String> contentType, InputStream content) {}
