// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/response/bodyfilter.h"

#include "ui/response/jsonpath.h"
#include "ui/theme/theme.h"
#include "ui/widgets/numbertext.h"
#include "ui/widgets/worker.h"

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

struct Answer
{
    JsonTreePtr tree;
    Result<FilteredBody> body;
};

Answer answerTo(JsonTreePtr tree, const QByteArray &json, const QString &path)
{
    if (!tree) {
        auto parsed = JsonTree::parse(json);
        if (!parsed)
            return {nullptr, std::unexpected(parsed.error())};
        tree = *parsed;
    }
    return {tree, filteredBody(*tree, path)};
}

} // namespace

Result<FilteredBody> filteredBody(const JsonTree &tree, const QString &path)
{
    const auto nodes = selectByPath(tree, path);
    if (!nodes)
        return std::unexpected(nodes.error());
    FilteredBody body{"[", nodes->size()};
    for (const JsonTree::Node node : *nodes)
        body.json.append(body.json.size() > 1 ? "," : "").append(tree.raw(node));
    body.json += ']';
    return body;
}

BodyFilter::BodyFilter(QWidget *parent) : QLineEdit(parent)
{
    setObjectName(u"bodyFilter"_s);
    setPlaceholderText(u"$.users[*].name"_s);
    setAccessibleName(tr("Filter the body by a path"));
    setToolTip(tr("Show only the values that a JSONPath names"));
    setFont(monospaceFont());
    setClearButtonEnabled(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(this, &QLineEdit::textChanged, this, &BodyFilter::apply);
}

void BodyFilter::setBody(const QByteArray &body)
{
    m_body = body;
    m_tree.reset();
    if (isActive())
        apply();
}

void BodyFilter::apply()
{
    const quint64 generation = ++m_generation;
    if (!isActive()) {
        emit cleared();
        return;
    }
    runInWorker(
        this, [tree = m_tree, body = m_body, path = text()] { return answerTo(tree, body, path); },
        [this, generation](const Answer &answer) {
            if (generation != m_generation)
                return;
            m_tree = answer.tree;
            if (answer.body)
                emit filtered(answer.body->json,
                              counted(qint64(answer.body->matches), tr("match"), tr("matches")));
            else
                emit refused(answer.body.error().message);
        });
}

} // namespace Sluice
