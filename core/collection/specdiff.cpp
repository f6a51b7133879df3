// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/specdiff.h"

#include "core/collection/formatnames.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** The index of the variant of \a list that counts, or -1: as selectedVariant() chooses. */
qsizetype selectedIndex(const YamlNode &list, QStringView key)
{
    qsizetype first = -1;
    for (std::size_t i = 0; i < list.children.size(); ++i) {
        const YamlNode *selected = list.children[i].child(u"selected");
        if (!list.children[i].child(key))
            continue;
        if (selected && selected->text == "true"_L1)
            return qsizetype(i);
        if (first < 0)
            first = qsizetype(i);
    }
    return first;
}

/** True for the list items that a spec shows; the others are kept and passed over. */
bool isShown(const YamlNode &item, const QString &listKey, const YamlNode *owner)
{
    if (listKey == "actions"_L1)
        return capturePhase(item).has_value();
    const YamlNode *type = owner ? owner->child(u"type") : nullptr;
    if (listKey == "data"_L1 && type && type->text == "file"_L1 && owner->child(u"data")) {
        const std::size_t count = owner->child(u"data")->children.size();
        const YamlNode *selected = item.child(u"selected");
        return selected ? selected->text == "true"_L1 : count == 1;
    }
    return true;
}

/** Maps in which keys of others may stand beside those that a spec shows. */
bool isSection(const QString &key)
{
    static const QStringList sections{u"runtime"_s, u"settings"_s,   u"http"_s,
                                      u"request"_s, u"extensions"_s, u"sluice"_s};
    return sections.contains(key);
}

class Difference
{
public:
    explicit Difference(YamlDocument &document) : m_document(document) {}

    Result<> apply(const YamlPath &path, const YamlValue &before, const YamlValue &after);

private:
    Result<> applyMap(const YamlPath &path, const YamlValue &before, const YamlValue &after);
    Result<> applyList(const YamlPath &path, const YamlValue &before, const YamlValue &after);
    YamlPath writtenForm(const YamlPath &path, const YamlValue &wanted) const;
    std::vector<qsizetype> shownItems(const YamlPath &path) const;
    bool hidesItems(const YamlPath &path) const;
    bool hidesAnything(const YamlPath &path, const YamlValue &shown) const;
    Result<> removeShown(const YamlPath &path, const YamlValue &value);

    YamlDocument &m_document;
};

/** Where the value at \a path really stands, when the file uses a longer form for it. */
YamlPath Difference::writtenForm(const YamlPath &path, const YamlValue &wanted) const
{
    const YamlNode *node = m_document.node(path);
    const auto *key = path.empty() ? nullptr : std::get_if<QString>(&path.back());
    if (!node || !key)
        return path;
    const bool variants =
        node->isSequence() && (wanted.isMap() || (wanted.isScalar() && *key == "value"_L1));
    if (variants) {
        const qsizetype index = selectedIndex(*node, *key);
        return index < 0 ? path : writtenForm(path / index / *key, wanted);
    }
    if (wanted.isScalar() && node->isMapping()) {
        for (const QString &inner : {u"content"_s, u"data"_s}) {
            if (node->child(inner))
                return path / inner;
        }
    }
    return path;
}

Result<> Difference::apply(const YamlPath &path, const YamlValue &before, const YamlValue &after)
{
    if (before == after)
        return {};
    if (before.isMap() && after.isMap())
        return applyMap(writtenForm(path, after), before, after);
    if (before.isList() && after.isList())
        return applyList(path, before, after);
    // A typed value that becomes a plain one, or the other way.
    const bool isOtherForm = before.isMap() != after.isMap();
    return m_document.set(isOtherForm ? path : writtenForm(path, after), after);
}

Result<> Difference::applyMap(const YamlPath &path, const YamlValue &before, const YamlValue &after)
{
    const QStringList order = after.keys();
    for (const YamlValue &value : before.children) {
        if (after.child(value.key))
            continue;
        if (const Result<> done = removeShown(path / value.key, value); !done)
            return done;
    }
    for (const YamlValue &value : after.children) {
        const YamlPath place = path / value.key;
        const YamlValue *old = before.child(value.key);
        const YamlNode *node = m_document.node(place);
        if (!old && value.isList() && hidesItems(place)) {
            if (const Result<> done = applyList(place, YamlValue::list(), value); !done)
                return done;
            continue;
        }
        if (!old && value.isMap() && isSection(value.key)
            && hidesAnything(place, YamlValue::map())) {
            if (const Result<> done = applyMap(place, YamlValue::map(), value); !done)
                return done;
            continue;
        }
        const Result<> done = old && (*old == value || (node && !node->isNull()))
                                  ? apply(place, *old, value)
                                  : m_document.set(writtenForm(place, value), value, order);
        if (!done)
            return done;
    }
    return {};
}

std::vector<qsizetype> Difference::shownItems(const YamlPath &path) const
{
    std::vector<qsizetype> shown;
    const YamlNode *list = m_document.node(path);
    const auto *key = path.empty() ? nullptr : std::get_if<QString>(&path.back());
    if (!list || !key)
        return shown;
    const YamlNode *owner = m_document.node({path.begin(), path.end() - 1});
    for (std::size_t i = 0; i < list->children.size(); ++i) {
        if (isShown(list->children[i], *key, owner))
            shown.push_back(qsizetype(i));
    }
    return shown;
}

bool Difference::hidesItems(const YamlPath &path) const
{
    const YamlNode *list = m_document.node(path);
    return list && list->isSequence() && shownItems(path).size() < list->children.size();
}

/** True when something is at \a path beside what a spec shows as \a shown. */
bool Difference::hidesAnything(const YamlPath &path, const YamlValue &shown) const
{
    const YamlNode *node = m_document.node(path);
    if (shown.isList())
        return hidesItems(path);
    if (!shown.isMap() || !node || !node->isMapping())
        return false;
    return std::ranges::any_of(node->children, [&](const YamlNode &child) {
        const YamlValue *value = shown.child(child.key);
        return !value || (isSection(child.key) && hidesAnything(path / child.key, *value))
               || (value->isList() && hidesItems(path / child.key));
    });
}

/** Takes \a value away; what no spec shows keeps its list and its section. */
Result<> Difference::removeShown(const YamlPath &path, const YamlValue &value)
{
    const auto *key = std::get_if<QString>(&path.back());
    const bool isKept = value.isList() || (key && value.isMap() && isSection(*key));
    if (!isKept || !hidesAnything(path, value))
        return m_document.remove(path);
    return value.isList() ? applyList(path, value, YamlValue::list())
                          : applyMap(path, value, YamlValue::map());
}

Result<> Difference::applyList(const YamlPath &path, const YamlValue &before,
                               const YamlValue &after)
{
    const std::vector<qsizetype> shown = shownItems(path);
    if (shown.size() != before.children.size())
        return m_document.set(path, after);
    const std::vector<ItemMatch> matches = matchItems(before.children, after.children);
    // From the back, so that the indices before an edit stay right.
    for (auto match = matches.rbegin(); match != matches.rend(); ++match) {
        Result<> done;
        if (match->before < 0) {
            qsizetype place = shown.empty() ? 0 : shown.back() + 1;
            const auto next = std::find_if(match.base(), matches.end(), [](const ItemMatch &other) {
                return other.before >= 0;
            });
            if (next != matches.end())
                place = shown[std::size_t(next->before)];
            done = m_document.insert(path, place, after.children[std::size_t(match->after)]);
        } else if (match->after < 0) {
            done = m_document.remove(path / shown[std::size_t(match->before)]);
        } else {
            done = apply(path / shown[std::size_t(match->before)],
                         before.children[std::size_t(match->before)],
                         after.children[std::size_t(match->after)]);
        }
        if (!done)
            return done;
    }
    return {};
}

} // namespace

std::vector<ItemMatch> matchItems(const std::vector<YamlValue> &before,
                                  const std::vector<YamlValue> &after)
{
    const std::size_t rows = before.size();
    const std::size_t columns = after.size();
    // length[i][j]: of the longest common subsequence of before[i…] and after[j…].
    std::vector<std::vector<int>> length(rows + 1, std::vector<int>(columns + 1, 0));
    for (std::size_t i = rows; i-- > 0;) {
        for (std::size_t j = columns; j-- > 0;) {
            length[i][j] = before[i] == after[j] ? length[i + 1][j + 1] + 1
                                                 : std::max(length[i + 1][j], length[i][j + 1]);
        }
    }
    std::vector<ItemMatch> matches;
    std::size_t i = 0;
    std::size_t j = 0;
    std::size_t gapI = 0;
    std::size_t gapJ = 0;
    const auto closeGap = [&] {
        for (; gapI < i || gapJ < j;) {
            matches.push_back({gapI < i ? qsizetype(gapI) : -1, gapJ < j ? qsizetype(gapJ) : -1});
            gapI += gapI < i;
            gapJ += gapJ < j;
        }
    };
    while (i < rows && j < columns) {
        if (before[i] == after[j]) {
            closeGap();
            matches.push_back({qsizetype(i), qsizetype(j)});
            gapI = ++i;
            gapJ = ++j;
        } else if (length[i + 1][j] >= length[i][j + 1]) {
            ++i;
        } else {
            ++j;
        }
    }
    i = rows;
    j = columns;
    closeGap();
    return matches;
}

Result<> applyDifference(YamlDocument &document, const YamlValue &before, const YamlValue &after,
                         const YamlPath &inside)
{
    return Difference(document).apply(inside, before, after);
}

} // namespace Sluice
