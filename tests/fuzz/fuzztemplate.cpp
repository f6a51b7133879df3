// SPDX-License-Identifier: GPL-3.0-or-later
// Any text as a template and as the values of variables: expanding ends, never crashes, and leaves
// a text without placeholders as it is.
#include "core/environment/jsonpath.h"
#include "core/environment/template.h"

#include <cstdint>
#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace Sluice;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    const QStringList parts = text.split(u'\n');
    VariableScopes scopes;
    // The first line is the template, the others are the values of a, b, c and so on.
    for (qsizetype i = 1; i < qMin<qsizetype>(parts.size(), 27); ++i) {
        const QString name(QChar(char16_t(u'a' + i - 1)));
        scopes.set(VariableScope(i % qsizetype(VariableScopeCount)), name, parts[i]);
    }
    DynamicValues dynamic([] { return QDateTime::fromMSecsSinceEpoch(0, Qt::UTC); }, 1);
    const TemplateExpander expander(scopes, dynamic);
    const Result<QString> expanded = expander.expand(parts.first(), u"the URL"_s);
    if (findPlaceholders(parts.first()).empty() && (!expanded || *expanded != parts.first()))
        std::abort();
    if (parts.size() > 1)
        jsonValueAt(parts[1], parts.first());
    return 0;
}
