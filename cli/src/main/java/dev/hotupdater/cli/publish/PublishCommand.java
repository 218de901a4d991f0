package dev.hotupdater.cli.publish;

import dev.hotupdater.release.AppId;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Publishes what a build has made as a release of an app. */
@Command(
    name = "publish",
    description = {
      "Publishes the files of a build as a release of an app.",
      "Called again, it goes on where it was stopped."
    },
    footer = {
      "",
      "The token comes from the environment variable HOT_UPDATER_TOKEN or from a file. There is"
          + " no option for the token itself: other users of the machine see the options of a"
          + " command, and shells and build logs keep them."
    })
public final class PublishCommand implements Callable<Integer> {
  private static final int MAX_PARALLEL = 16;

  private final Function<String, Optional<String>> environmentVariables;
  private final ProgressStyle progressStyle;
  private final Patience patience;

  @Spec private @Nullable CommandSpec command;

  @Option(
      names = "--server",
      required = true,
      paramLabel = "<url>",
      description =
          "Where the server's routes are, such as https://updates.example.com/api/sync/ota")
  private String server = "";

  @Option(names = "--app", required = true, paramLabel = "<id>", description = "The app.")
  private String app = "";

  @Mixin private ReleaseOptions releaseOptions = new ReleaseOptions();

  @Option(
      names = "--dist",
      defaultValue = "dist",
      paramLabel = "<folder>",
      description = "The folder with what was built, and the .sig files. Default: ${DEFAULT-VALUE}")
  private Path dist = Path.of("dist");

  @Option(
      names = "--artifacts",
      paramLabel = "<file>",
      description =
          "A JSON file for what names and folders do not say: [{\"file\", \"target\", \"arch\","
              + " \"bundle_type\"?, \"packaging\"?, \"signature_file\"?}]")
  private Optional<Path> artifacts = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "<file>",
      description = "The file with the token, in place of HOT_UPDATER_TOKEN.")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--parallel",
      defaultValue = "2",
      paramLabel = "<count>",
      description = "How many files are uploaded at the same time. Default: ${DEFAULT-VALUE}")
  private int parallel;

  @Option(
      names = "--dry-run",
      description = "Show what would be published. Asks no server, needs no token.")
  private boolean dryRun;

  @Option(
      names = "--no-publish",
      description = "Leave the release as a draft that nobody is offered.")
  private boolean draftOnly;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  @SuppressWarnings("UnusedVariable") // picocli looks at the annotation alone
  private boolean help;

  private PublishCommand(
      Function<String, Optional<String>> environmentVariables,
      ProgressStyle progressStyle,
      Patience patience) {
    this.environmentVariables = environmentVariables;
    this.progressStyle = progressStyle;
    this.patience = patience;
  }

  /**
   * The command.
   *
   * @param environmentVariables the value of an environment variable, if it is set
   */
  public static PublishCommand create(
      Function<String, Optional<String>> environmentVariables, ProgressStyle progressStyle) {
    return new PublishCommand(environmentVariables, progressStyle, Patience.usual());
  }

  /** The command, with less patience, for tests. */
  static PublishCommand create(
      Function<String, Optional<String>> environmentVariables,
      ProgressStyle progressStyle,
      Patience patience) {
    return new PublishCommand(environmentVariables, progressStyle, patience);
  }

  @Override
  public Integer call() {
    try {
      return run();
    } catch (PublishException e) {
      e.details().forEach(detail -> commandLine().getErr().println("  " + detail));
      throw e;
    }
  }

  private int run() {
    ServerAddress address =
        ServerAddress.parse(server)
            .orElseThrow(
                () -> wrong("--server must be an http(s) URL without user, query and fragment."));
    AppId appId =
        AppId.parse(app)
            .orElseThrow(() -> wrong("--app must be 1 to 128 letters, digits, '.', '_' or '-'."));
    NewRelease release = releaseOptions.release();
    if (parallel < 1 || parallel > MAX_PARALLEL) {
      throw wrong("--parallel must be between 1 and " + MAX_PARALLEL + ".");
    }
    Optional<Token> token = Token.find(tokenFile, environmentVariables);
    if (token.isEmpty() && !dryRun) {
      throw wrong("Put the token into " + Token.VARIABLE + ", or name its file with --token-file.");
    }
    List<HashedFile> files = files(release);
    if (dryRun) {
      out().println("Nothing was sent.");
      return CommandLine.ExitCode.OK;
    }
    return publish(address, appId, token.orElseThrow(), release, files);
  }

  private List<HashedFile> files(NewRelease release) {
    FolderContents contents =
        ArtifactFolder.scan(
            dist, artifacts.map(ArtifactList::read).orElse(List.of()), release.version());
    List<HashedFile> files = contents.artifacts().stream().map(HashedFile::of).toList();
    for (HashedFile file : files) {
      out()
          .println(
              file.file().target()
                  + "  "
                  + file.file().name()
                  + "  "
                  + Size.of(file.file().size())
                  + "  SHA-256 "
                  + file.sha256());
    }
    contents.remarks().forEach(remark -> out().println("left out: " + remark));
    return files;
  }

  private int publish(
      ServerAddress address, AppId appId, Token token, NewRelease release, List<HashedFile> files) {
    Progress progress = progressStyle.on(commandLine().getErr());
    if (address.isUnprotected()) {
      progress.notice(
          "Warning: the connection is not protected (http). Who listens on the way gets the"
              + " token.");
    }
    HttpClient http = Exchange.client();
    Attempts attempts = new Attempts(patience, progress);
    ServerConnection connection = new ServerConnection(http, address, token, attempts);
    ReleaseClient releases = new ReleaseClient(connection, address, appId, patience);
    ArtifactUpload upload = new ArtifactUpload(http, progress, patience.stall());
    Publisher publisher =
        new Publisher(
            releases, new Delivery(releases, upload, attempts), attempts, progress, parallel);
    return StopNotice.during(() -> publish(publisher, release, files), commandLine().getErr());
  }

  private int publish(Publisher publisher, NewRelease release, List<HashedFile> files) {
    Publisher.Prepared prepared = publisher.prepare(release, files);
    String name = release.version() + " of " + app + " (release " + prepared.releaseId() + ")";
    if (prepared.isPublished()) {
      out().println("Version " + name + " is already published with these files.");
    } else if (draftOnly) {
      out().println("Version " + name + " is a draft with these files. Nobody is offered it yet.");
    } else {
      publisher.publish(prepared.releaseId());
      out().println("Published version " + name + ".");
    }
    return CommandLine.ExitCode.OK;
  }

  private PrintWriter out() {
    return commandLine().getOut();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(commandLine(), message);
  }

  private CommandLine commandLine() {
    if (command == null) {
      throw new IllegalStateException("used outside of a command line");
    }
    return command.commandLine();
  }
}
