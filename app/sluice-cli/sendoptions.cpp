// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice-cli/sendoptions.h"

#include "core/environment/dotenv.h"
#include "core/tuning/limitcatalog.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr qint64 MinIdleExpiryUs = 1'000'000;

constexpr OptionSpec variableTable[] = {
    {"env", "NAME", "use this environment of the collection", 'e'},
    {"env-var", "K=V", "set a variable, over every other scope; may be repeated"},
    {"secret", "K=V", "as --env-var, and redacted wherever it would be written"},
};

constexpr OptionSpec limitTable[] = {
    {"limit", "N", "requests in flight over all hosts; 0 = unlimited"},
    {"limit-per-host", "N", "requests in flight to one host; 0 = unlimited"},
    {"host-limit", "PATTERN=N",
     "the limit of some hosts, e.g. *.example.com=4, or =auto; repeatable"},
    {"streams-per-connection", "N", "HTTP/2: streams that one connection carries"},
    {"idle-expiry", "T", "close a connection that was not used for so long; 15s"},
    {"rate", "N", "requests a second over all hosts"},
    {"rate-per-host", "N", "requests a second to one host"},
    {"max-queue", "N", "refuse what finds this many requests queued"},
    {"queue-timeout", "T", "give up what was queued for so long"},
};

constexpr OptionSpec networkTable[] = {
    {"timeout", "T", "time for a whole request, once admitted"},
    {"connect-timeout", "T", "time to connect, TLS included"},
    {"retry", "N", "try idempotent requests again, at most so often"},
    {"max-body", "SIZE", "refuse longer replies, e.g. 10M"},
    {"http", "VERSION", "auto, 1.1 or 2"},
    {"insecure", "", "do not verify TLS certificates"},
    {"cacert", "FILE", "trust these certificate authorities too (PEM)"},
    {"cert", "FILE", "client certificate (PEM)"},
    {"key", "FILE", "key of the client certificate (PEM)"},
    {"proxy", "URL", "http://[user:pw@]host:port or socks5://..."},
    {"no-proxy", "LIST", "hosts to reach without the proxy, parted by commas"},
    {"resolve", "HOST:PORT:ADDR", "connect to ADDR for this host; may be repeated"},
    {"max-redirects", "N", "follow at most so many redirects"},
    {"no-redirects", "", "a redirect is the reply"},
    {"cookies", "MODE", "shared, iteration or off"},
    {"allow-outside-files", "", "let bodies read files outside the collection"},
};

/** The value of \a name as one of \a choices; the first one when the option is not there. */
template<typename Value>
Result<Value> choice(const Arguments &arguments, const char *name,
                     std::initializer_list<std::pair<QLatin1StringView, Value>> choices)
{
    if (!arguments.has(name))
        return choices.begin()->second;
    QStringList names;
    for (const auto &[text, value] : choices) {
        if (arguments.value(name) == text)
            return value;
        names.append(text);
    }
    return failure(ErrorCode::Usage,
                   u"--%1 %2: one of %3 is needed."_s.arg(
                       QString::fromLatin1(name), arguments.value(name), names.join(", "_L1)));
}

/** Puts the value of \a result into \a target, or its error into \a error if that is the first. */
template<typename Target, typename Value>
void take(Target &target, const Result<Value> &result, std::optional<Error> &error)
{
    if (result)
        target = *result;
    else if (!error)
        error = result.error();
}

Result<HostLimit> parseHostLimit(const QString &text)
{
    const qsizetype equals = text.lastIndexOf(u'=');
    const QString value = equals > 0 ? text.sliced(equals + 1) : QString();
    if (makeLimitAlgorithm(value))
        return HostLimit{text.first(equals), 0, value};
    bool ok = false;
    const int limit = value.toInt(&ok);
    if (!ok || limit < 0) {
        return failure(ErrorCode::Usage,
                       u"--host-limit %1: PATTERN=N is needed, e.g. api.example.com=4, where N may "
                       "be %2."_s.arg(text, limitAlgorithmNames()));
    }
    return HostLimit{text.first(equals), limit};
}

/** A file that a flag names; it must be there before anything is sent. */
Result<QString> existingFile(const Arguments &arguments, const char *name)
{
    const QString path = arguments.value(name);
    if (!path.isEmpty() && !QFileInfo(path).isFile()) {
        return std::unexpected(Error{
            ErrorCode::FileNotFound,
            u"The file of --%1 does not exist."_s.arg(QString::fromLatin1(name)), path, 0, 0});
    }
    return path;
}

Result<std::vector<NameValue>> assignments(const Arguments &arguments, const char *option)
{
    std::vector<NameValue> result;
    const QStringList values = arguments.values(option);
    for (const QString &text : values) {
        const auto pair = parseAssignment(text, option);
        if (!pair)
            return std::unexpected(pair.error());
        result.push_back({pair->first, pair->second, {}, true});
    }
    return result;
}

} // namespace

const OptionTable variableOptions = variableTable;
const OptionTable limitOptions = limitTable;
const OptionTable networkOptions = networkTable;

Result<VariableInputs> readVariables(const Arguments &arguments, const QString &root)
{
    VariableInputs inputs;
    std::optional<Error> error;
    if (arguments.has("env"))
        take(inputs.environment, readEnvironment(root, arguments.value("env")), error);
    const QString dotEnv =
        inputs.environment.dotEnvFile.isEmpty() ? u".env"_s : inputs.environment.dotEnvFile;
    take(inputs.dotEnv, readDotEnv(QDir(root).absoluteFilePath(dotEnv)), error);
    take(inputs.overrides, assignments(arguments, "env-var"), error);
    take(inputs.secrets, assignments(arguments, "secret"), error);
    if (error)
        return std::unexpected(*error);
    return inputs;
}

Result<Limits> readLimits(const Arguments &arguments, Limits limits)
{
    std::optional<Error> error;
    take(limits.total, arguments.number("limit", limits.total, 0), error);
    take(limits.perHost, arguments.number("limit-per-host", limits.perHost, 0), error);
    take(limits.streamsPerConnection,
         arguments.number("streams-per-connection", limits.streamsPerConnection, 1), error);
    take(limits.idleExpiryUs,
         arguments.durationUs("idle-expiry", limits.idleExpiryUs, MinIdleExpiryUs), error);
    take(limits.rate.perSecond, arguments.rate("rate", limits.rate.perSecond), error);
    take(limits.ratePerHost.perSecond,
         arguments.rate("rate-per-host", limits.ratePerHost.perSecond), error);
    take(limits.queueMax, arguments.number("max-queue", limits.queueMax, 0), error);
    take(limits.queueTimeoutUs, arguments.durationUs("queue-timeout", limits.queueTimeoutUs),
         error);
    std::vector<HostLimit> hosts;
    const QStringList texts = arguments.values("host-limit");
    for (const QString &text : texts) {
        HostLimit host;
        take(host, parseHostLimit(text), error);
        hosts.push_back(host);
    }
    // The first match wins, so what the command line says comes first.
    limits.hosts.insert(limits.hosts.begin(), hosts.begin(), hosts.end());
    if (error)
        return std::unexpected(*error);
    return limits;
}

Result<SendOptions> readSendOptions(const Arguments &arguments)
{
    SendOptions options;
    std::optional<Error> error;
    ConnectionProfile &profile = options.profile;
    profile.verifyTls = !arguments.has("insecure");
    take(profile.caFile, existingFile(arguments, "cacert"), error);
    take(profile.certFile, existingFile(arguments, "cert"), error);
    take(profile.keyFile, existingFile(arguments, "key"), error);
    profile.proxy = arguments.value("proxy");
    profile.noProxy = arguments.value("no-proxy").split(u',', Qt::SkipEmptyParts);
    if (arguments.has("http")) {
        take(options.httpVersion,
             choice<HttpVersion>(arguments, "http",
                                 {{"auto"_L1, HttpVersion::Auto},
                                  {"1.1"_L1, HttpVersion::Http1},
                                  {"2"_L1, HttpVersion::Http2}}),
             error);
    }
    if (arguments.has("timeout"))
        take(options.totalTimeoutUs, arguments.durationUs("timeout", 0), error);
    take(options.timeouts.connectUs,
         arguments.durationUs("connect-timeout", options.timeouts.connectUs), error);
    options.resolve = arguments.values("resolve");
    if (arguments.has("max-redirects"))
        take(options.maxRedirects, arguments.number("max-redirects", 0, 0), error);
    if (arguments.has("no-redirects"))
        options.maxRedirects = 0;
    take(options.maxRetries, arguments.number("retry", 0, 0), error);
    take(options.maxBodyBytes, arguments.size("max-body", options.maxBodyBytes), error);
    take(options.cookies,
         choice<CookieMode>(arguments, "cookies",
                            {{"shared"_L1, CookieMode::Shared},
                             {"iteration"_L1, CookieMode::PerIteration},
                             {"off"_L1, CookieMode::Off}}),
         error);
    options.allowOutsideFiles = arguments.has("allow-outside-files");
    if (error)
        return std::unexpected(*error);
    return options;
}

} // namespace Sluice
