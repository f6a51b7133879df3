// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/codetemplate.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

class Expander
{
public:
    Expander(QStringView text, const TemplateValues &values) : m_text(text), m_values(values) {}

    Result<QString> expand(qsizetype begin, qsizetype end, const QMap<QString, QString> &item) const
    {
        QString out;
        qsizetype at = begin;
        while (at < end) {
            const std::optional<Tag> tag = nextTag(at, end);
            if (!tag) {
                out += m_text.sliced(at, end - at);
                break;
            }
            out += m_text.sliced(at, tag->begin - at);
            at = tag->end;
            if (tag->kind == u'\0') {
                const std::optional<QString> value = lookUp(tag->name, item);
                if (!value)
                    return errorAt(tag->begin, u"unknown name \"%1\""_s.arg(tag->name));
                out += *value;
                continue;
            }
            const std::optional<Tag> close = closing(*tag, end);
            if (!close)
                return errorAt(tag->begin, u"section \"%1\" has no end"_s.arg(tag->name));
            const Result<QString> section = expandSection(*tag, *close, item);
            if (!section)
                return section;
            out += *section;
            at = close->end;
        }
        return out;
    }

private:
    struct Tag
    {
        qsizetype begin = 0;
        qsizetype end = 0;
        QChar kind; // '#', '^', '/' or none
        QString name;
    };

    std::optional<Tag> nextTag(qsizetype from, qsizetype end) const
    {
        const qsizetype open = m_text.indexOf("{{"_L1, from);
        const qsizetype close = open < 0 ? -1 : m_text.indexOf("}}"_L1, open);
        if (open < 0 || close < 0 || close + 2 > end)
            return std::nullopt;
        Tag tag{open, close + 2, {}, m_text.sliced(open + 2, close - open - 2).toString()};
        if (const QChar first = tag.name.isEmpty() ? QChar() : tag.name.front();
            first == u'#' || first == u'^' || first == u'/') {
            tag.kind = first;
            tag.name.remove(0, 1);
            takeWholeLine(tag);
        }
        return tag;
    }

    void takeWholeLine(Tag &tag) const
    {
        const bool starts = tag.begin == 0 || m_text[tag.begin - 1] == u'\n';
        if (starts && tag.end < m_text.size() && m_text[tag.end] == u'\n')
            ++tag.end;
    }

    std::optional<Tag> closing(const Tag &open, qsizetype end) const
    {
        int depth = 1;
        qsizetype at = open.end;
        while (const std::optional<Tag> tag = nextTag(at, end)) {
            at = tag->end;
            if (tag->name != open.name || tag->kind == u'\0')
                continue;
            depth += tag->kind == u'/' ? -1 : 1;
            if (depth == 0)
                return tag;
        }
        return std::nullopt;
    }

    Result<QString> expandSection(const Tag &open, const Tag &close,
                                  const QMap<QString, QString> &item) const
    {
        if (const auto list = m_values.lists.constFind(open.name);
            list != m_values.lists.constEnd()) {
            QString out;
            if (open.kind == u'^')
                return list->empty() ? expand(open.end, close.begin, item) : out;
            for (const QMap<QString, QString> &entry : *list) {
                const Result<QString> text = expand(open.end, close.begin, entry);
                if (!text)
                    return text;
                out += *text;
            }
            return out;
        }
        const std::optional<QString> value = lookUp(open.name, item);
        if (!value)
            return errorAt(open.begin, u"unknown name \"%1\""_s.arg(open.name));
        const bool isTrue = !value->isEmpty() && *value != "0"_L1;
        return isTrue == (open.kind == u'#') ? expand(open.end, close.begin, item) : QString();
    }

    std::optional<QString> lookUp(const QString &name, const QMap<QString, QString> &item) const
    {
        for (const QMap<QString, QString> *scope : {&item, &m_values.values}) {
            if (const auto found = scope->constFind(name); found != scope->constEnd())
                return *found;
        }
        return std::nullopt;
    }

    std::unexpected<Error> errorAt(qsizetype position, const QString &message) const
    {
        const int line = int(m_text.first(position).count(u'\n')) + 1;
        return std::unexpected(Error{ErrorCode::Parse, message, {}, line, 0});
    }

    QStringView m_text;
    const TemplateValues &m_values;
};

} // namespace

Result<QString> expandCodeTemplate(const QString &text, const TemplateValues &values)
{
    return Expander(text, values).expand(0, text.size(), {});
}

} // namespace Sluice
