// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/response/jsonmodel.h"

#include "ui/theme/theme.h"

#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Longer ones are seen in Pretty; a cell shows the beginning. */
constexpr qsizetype MaxShown = 500;

} // namespace

JsonModel::JsonModel(QObject *parent) : QAbstractItemModel(parent) {}

void JsonModel::setTree(JsonTreePtr tree)
{
    beginResetModel();
    m_tree = std::move(tree);
    endResetModel();
}

bool JsonModel::isPlainRoot() const
{
    return m_tree && !m_tree->isContainer(JsonTree::Root);
}

QModelIndex JsonModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    if (isPlainRoot())
        return createIndex(row, column, quintptr(JsonTree::Root));
    const JsonTree::Node above = parent.isValid() ? node(parent) : JsonTree::Root;
    return createIndex(row, column, quintptr(m_tree->child(above, row)));
}

QModelIndex JsonModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || isPlainRoot())
        return {};
    const JsonTree::Node above = m_tree->parent(node(child));
    return above == JsonTree::Root ? QModelIndex()
                                   : createIndex(m_tree->row(above), 0, quintptr(above));
}

int JsonModel::rowCount(const QModelIndex &parent) const
{
    if (!m_tree || parent.column() > 0)
        return 0;
    if (isPlainRoot())
        return parent.isValid() ? 0 : 1;
    return m_tree->childCount(parent.isValid() ? node(parent) : JsonTree::Root);
}

int JsonModel::columnCount(const QModelIndex &) const
{
    return Columns;
}

QString JsonModel::nameOf(JsonTree::Node node) const
{
    const JsonTree::Node above = m_tree->parent(node);
    if (above == JsonTree::None)
        return u"$"_s;
    return m_tree->kind(above) == JsonTree::Kind::Array ? QString::number(m_tree->row(node))
                                                        : m_tree->key(node);
}

QVariant JsonModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const JsonTree::Node what = node(index);
    switch (role) {
    case Qt::DisplayRole: {
        if (index.column() == Name)
            return nameOf(what);
        const QString text = m_tree->display(what);
        return text.size() > MaxShown ? text.first(MaxShown) + u'…' : text;
    }
    case Qt::FontRole:
        return monospaceFont();
    case Qt::ForegroundRole: {
        const bool isQuiet = index.column() == Value && m_tree->isContainer(what);
        return isQuiet ? Theme::of(QGuiApplication::palette()).secondary : QVariant();
    }
    default:
        return {};
    }
}

QVariant JsonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Name") : tr("Value");
}

} // namespace Sluice
