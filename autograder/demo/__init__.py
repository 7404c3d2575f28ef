"""Made-up classes whose points are known beforehand: a small one for each lesson, a large one as uploads."""
