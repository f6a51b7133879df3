// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layering/includerules.h"

#include <QDir>
#include <QFileInfo>
#include <QLibraryInfo>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace IncludeRules {

namespace {

/**
 * What one folder may include beside itself and the standard library. Each column is a list parted
 * by blanks; an entry names a folder (with all below it) or one header.
 */
struct Rule
{
    const char *folder;
    const char *project; ///< Folders and headers of this project.
    const char *modules; ///< Qt modules.
    const char *others;  ///< Other libraries' headers, and the system's.
};

// Values of the inner rings that travel outwards without the queue that made them.
#define ADMISSION_VALUES                                                                           \
    " core/admission/admissionevent.h core/admission/admissionsnapshot.h core/admission/limits.h"  \
    " core/admission/ticket.h "
// What a window may know of the engine: everything but the transport and the dispatcher.
#define ENGINE                                                                                     \
    ADMISSION_VALUES " core/base core/tuning core/http core/environment core/auth core/collection" \
                     " core/check core/run core/metrics core/interchange core/settings "
#define UI_BASICS " ui/theme ui/widgets ui/actions ui/undo "
#define WIDGETS "QtCore QtGui QtWidgets"
#define ALL_MODULES "QtCore QtGui QtWidgets QtSvg QtNetwork QtSql QtQml QtTest"
#define POSIX "sys/ arpa/ netinet/ linux/ unistd.h signal.h fcntl.h poll.h"

constexpr Rule rules[] = {
    {"core/base", "", "QtCore", ""},
    {"core/admission", "core/base", "QtCore", "sys/mman.h"},
    {"core/tuning", "core/base", "QtCore", ""},
    {"core/http", "core/base", "QtCore", ""},
    {"core/environment", "core/base core/http", "QtCore", "qt6keychain/"},
    {"core/auth", "core/base core/http core/environment", "QtCore", ""},
    {"core/collection",
     "core/base core/http core/admission/limits.h core/tuning/limitcatalog.h"
     " core/tuning/limitalgorithm.h",
     "QtCore", "libfyaml.h " POSIX},
    {"core/transport", "core/base core/http", "QtCore QtNetwork", "openssl/ " POSIX},
    {"core/dispatch",
     "core/base core/admission core/tuning core/http core/environment core/auth core/collection"
     " core/transport",
     "QtCore", ""},
    {"core/check", "core/base core/http", "QtCore QtQml", ""},
    {"core/metrics", "core/base core/http/endpoint.h core/http/timings.h" ADMISSION_VALUES,
     "QtCore", POSIX},
    {"core/run",
     "core/base core/admission core/tuning core/http core/environment core/auth core/collection"
     " core/transport core/dispatch core/check core/metrics",
     "QtCore QtSql", ""},
    // Exports write whole run plans, as the run would build them.
    {"core/interchange",
     "core/base core/http core/environment core/auth core/collection core/check core/metrics"
     " core/tuning core/run core/admission/limits.h"
     " core/admission/ticket.h",
     "QtCore QtQml", "libfyaml.h"},
    {"core/settings", "core/base", "QtCore", ""},

    {"ui/theme", "core/settings", WIDGETS " QtSvg", ""},
    {"ui/widgets", ENGINE "ui/theme", WIDGETS " QtSvg", "Qsci/"},
    {"ui/actions", ENGINE "ui/theme ui/widgets", WIDGETS, ""},
    {"ui/undo", ENGINE, WIDGETS, ""},
    {"ui/collection", ENGINE UI_BASICS, WIDGETS, ""},
    {"ui/request", ENGINE UI_BASICS " ui/response", WIDGETS, "Qsci/"},
    {"ui/response", ENGINE UI_BASICS, WIDGETS, "Qsci/"},
    {"ui/live", ENGINE UI_BASICS, WIDGETS " QtSvg", ""},
    {"ui/tuning", ENGINE UI_BASICS, WIDGETS " QtSvg", ""},
    {"ui/run", ENGINE UI_BASICS " ui/response", WIDGETS, ""},
    {"ui/interchange", ENGINE UI_BASICS, WIDGETS, "Qsci/"},
    {"ui/settings", ENGINE UI_BASICS, WIDGETS, ""},
    {"ui/welcome", ENGINE UI_BASICS " ui/live", WIDGETS, ""},
    {"ui/mainwindow", ENGINE "ui", WIDGETS, ""},

    {"app/demo-server", "core/base", "QtCore", "event2/ zlib.h " POSIX},
    {"app/sluice-cli", "core app/demo-server", "QtCore QtNetwork", POSIX},
    {"app/sluice", "core ui", WIDGETS, POSIX},

    {"tests/support", "core", "QtCore QtNetwork QtTest", POSIX " dlfcn.h"},
    {"tests/core", "core tests/support", "QtCore QtNetwork QtSql QtQml QtTest", "openssl/ " POSIX},
    {"tests/ui", "core ui tests/support", ALL_MODULES, "Qsci/ " POSIX},
    {"tests/integration", "core ui app tests/support", ALL_MODULES, POSIX},
    {"tests/bench", "core ui app tests/support", ALL_MODULES,
     "benchmark/ malloc.h mimalloc.h " POSIX},
    {"tests/fuzz", "core ui/response", "QtCore QtNetwork", ""},
    {"tests/layering", "", "QtCore QtTest", ""},
};

#undef ADMISSION_VALUES
#undef ENGINE
#undef UI_BASICS
#undef WIDGETS
#undef ALL_MODULES
#undef POSIX

/** A header that has one home, whatever its module. */
struct Home
{
    const char *headers;
    const char *folders; ///< Only these may include it.
    const char *why;
};

constexpr Home homes[] = {
    {"QNetworkAccessManager QNetworkReply",
     "core/transport tests/core/transport tests/integration tests/bench tests/support",
     "only core/transport talks to QNetworkAccessManager"},
    {"QUrl QUrlQuery",
     "core/http core/environment core/auth core/collection core/transport core/dispatch core/check"
     " core/run core/interchange ui app tests",
     "this ring knows lanes, not URLs"},
};

QStringList entries(const char *list)
{
    return QString::fromLatin1(list).split(u' ', Qt::SkipEmptyParts);
}

/** \a path is \a entry or lies below it; an entry that ends in a slash is a prefix. */
bool isUnder(const QString &path, const QString &entry)
{
    return path == entry || path.startsWith(entry.endsWith(u'/') ? entry : entry + u'/');
}

bool isUnderAny(const QString &path, const char *list)
{
    return std::ranges::any_of(entries(list), [&](const QString &e) { return isUnder(path, e); });
}

const Rule *ruleFor(const QString &file)
{
    const auto rule = std::ranges::find_if(
        rules, [&](const Rule &r) { return isUnder(file, QString::fromLatin1(r.folder)); });
    return rule == std::end(rules) ? nullptr : rule;
}

QString projectObjection(const Rule &rule, const QString &header)
{
    if (header.endsWith(".moc"_L1) || header.startsWith("moc_"_L1))
        return {};
    static const QRegularExpression fromRoot(u"^(app|core|tests|ui)/"_s);
    if (!fromRoot.match(header).hasMatch())
        return u"write the path from the project's root"_s;
    if (isUnder(header, QString::fromLatin1(rule.folder)) || isUnderAny(header, rule.project))
        return {};
    return u"%1 may not include %2"_s.arg(QLatin1StringView(rule.folder), header);
}

QString homeObjection(const QString &file, const QString &header)
{
    const QString name = header.section(u'/', -1);
    for (const Home &home : homes) {
        if (entries(home.headers).contains(name) && !isUnderAny(file, home.folders))
            return QString::fromLatin1(home.why);
    }
    return {};
}

bool isStandard(const QString &header)
{
    static const QRegularExpression plain(u"^[a-z_]+$"_s);
    return plain.match(header).hasMatch();
}

} // namespace

QString Violation::text() const
{
    return u"%1:%2: %3"_s.arg(file).arg(line).arg(why);
}

QString qtModule(const QString &header)
{
    if (header.startsWith("Qt"_L1) && header.contains(u'/'))
        return header.section(u'/', 0, 0);
    const QDir headers(QLibraryInfo::path(QLibraryInfo::HeadersPath));
    const QStringList modules = headers.entryList({u"Qt*"_s}, QDir::Dirs);
    for (const QString &module : modules) {
        if (QFileInfo::exists(headers.filePath(module + u'/' + header)))
            return module;
    }
    return {};
}

QString objection(const QString &file, const QString &header, bool quoted)
{
    const Rule *rule = ruleFor(file);
    if (!rule)
        return u"no rule for this folder: add a row to tests/layering/includerules.cpp"_s;
    if (quoted)
        return projectObjection(*rule, header);
    if (isStandard(header))
        return {};
    if (const QString why = homeObjection(file, header); !why.isEmpty())
        return why;
    const QLatin1StringView folder(rule->folder);
    if (isUnderAny(header, rule->others))
        return {};
    const QString module = qtModule(header);
    if (module.isEmpty())
        return u"%1 may not include <%2>"_s.arg(folder, header);
    if (entries(rule->modules).contains(module))
        return {};
    return u"%1 may not use %2 (<%3>)"_s.arg(folder, module, header);
}

std::vector<Violation> check(const QString &file, const QByteArray &text)
{
    static const QRegularExpression include(uR"(^\s*#\s*include\s*([<"])([^>"]+)[>"])"_s);
    std::vector<Violation> found;
    int line = 0;
    for (const QByteArray &row : text.split('\n')) {
        ++line;
        const auto match = include.match(QString::fromUtf8(row));
        if (!match.hasMatch())
            continue;
        const QString why = objection(file, match.captured(2), match.captured(1) == u"\""_s);
        if (!why.isEmpty())
            found.push_back({file, line, why});
    }
    return found;
}

} // namespace IncludeRules
