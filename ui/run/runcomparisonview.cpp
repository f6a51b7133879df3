// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runcomparisonview.h"

#include "ui/run/runcomparison.h"
#include "ui/widgets/texttable.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace Sluice {

RunComparisonView::RunComparisonView(std::vector<EarlierRun> earlier, QWidget *parent)
    : QWidget(parent), m_earlier(std::move(earlier)), m_with(new QComboBox(this)),
      m_figures(new TextTableModel({tr("Figure"), tr("This run"), tr("Earlier run"), tr("Change")},
                                   {1, 2, 3}, this))
{
    m_with->setObjectName(u"compareWith"_s);
    for (const EarlierRun &run : m_earlier)
        m_with->addItem(run.title);
    m_with->setVisible(!m_earlier.empty());
    QTableView *view = makeTextTable(m_figures, tr("This run beside an earlier one"), this);
    view->setColumnWidth(0, 240);
    view->setColumnWidth(1, 160);
    view->setColumnWidth(2, 160);
    auto *label = new QLabel(m_earlier.empty() ? tr("There is no earlier run to compare with yet.")
                                               : tr("&Compare with"),
                             this);
    label->setBuddy(m_with);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 8, 12, 8);
    row->addWidget(label);
    row->addWidget(m_with);
    row->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addWidget(view, 1);
    connect(m_with, &QComboBox::currentIndexChanged, this, &RunComparisonView::compare);
}

void RunComparisonView::setOutcome(const RunOutcomePtr &outcome)
{
    m_outcome = outcome;
    compare();
}

void RunComparisonView::compare()
{
    if (!m_outcome || m_with->currentIndex() < 0)
        return;
    const EarlierRun &earlier = m_earlier[std::size_t(m_with->currentIndex())];
    m_figures->setRows(comparedFigures(*m_outcome, *earlier.outcome));
}

} // namespace Sluice
