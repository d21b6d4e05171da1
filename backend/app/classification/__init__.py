"""What one email says: class, confidence, entities, evidence and what the user must do.

Takes plain values and returns plain values; owns no tables and knows no database. The same mail in the same
thread context always gets the same verdict. The graph, scikit-learn and the trained model load on first use.
"""
