// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/hostlanes.h"

#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

HostLanes::HostLanes(QWidget *parent) : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Hosts"));
    auto *content = new QWidget(this);
    content->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_layout->addWidget(new HostHeading(content));
    m_layout->addStretch();
    setWidget(content);
}

HostRow *HostLanes::addRow()
{
    auto *row = new HostRow(widget());
    m_layout->insertWidget(m_layout->count() - 1, row);
    connect(row, &HostRow::selected, this, [this, row] { emit hostSelected(row->endpoint()); });
    connect(row, &HostRow::limitChosen, this,
            [this, row](int limit) { emit hostLimitChosen(row->endpoint(), limit); });
    m_rows.push_back(row);
    return row;
}

void HostLanes::showSnapshot(const LiveSnapshot &snapshot)
{
    int fullScale = 1;
    for (const LiveHost &host : snapshot.hosts)
        fullScale = std::max({fullScale, host.admission.limit, host.peakInFlight});
    for (std::size_t i = 0; i < snapshot.hosts.size(); ++i) {
        HostRow *row = i < m_rows.size() ? m_rows[i] : addRow();
        row->showHost(snapshot.hosts[i], fullScale, snapshot.atUs);
        row->setSelected(row->endpoint() == m_selected);
        row->setVisible(true);
    }
    for (std::size_t i = snapshot.hosts.size(); i < m_rows.size(); ++i)
        m_rows[i]->hide();
}

void HostLanes::setSelectedHost(const QString &endpoint)
{
    m_selected = endpoint;
    for (HostRow *row : m_rows)
        row->setSelected(!endpoint.isEmpty() && row->endpoint() == endpoint);
}

} // namespace Sluice
